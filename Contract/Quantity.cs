#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>Reads settings that are a number and a unit: <c>10s</c>, <c>256MiB</c>.</summary>
static class Quantity
{
    /// <summary>Reads a positive time in ms, s, min or h; null if <paramref name="text"/> is none.</summary>
    public static TimeSpan? ReadTime(string text) =>
        Read(text, "ms") is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds)
        : Read(text, "min") is { } minutes ? TimeSpan.FromMinutes(minutes)
        : Read(text, "s") is { } seconds ? TimeSpan.FromSeconds(seconds)
        : Read(text, "h") is { } hours && hours < TimeSpan.MaxValue.TotalHours ? TimeSpan.FromHours(hours)
        : null;

    /// <summary>Reads a positive size in KiB, MiB or GiB, in bytes; null if <paramref name="text"/> is none.</summary>
    public static long? ReadSize(string text) =>
        Read(text, "KiB") << 10 ?? Read(text, "MiB") << 20 ?? Read(text, "GiB") << 30;

    // By hand: .NET would make a culture first, in every program that begins.
    static long? Read(string text, string unit)
    {
        if (!text.EndsWith(unit, StringComparison.Ordinal))
            return null;
        long number = 0;
        for (var i = 0; i < text.Length - unit.Length; i++)
        {
            if (text[i] is < '0' or > '9')
                return null;
            number = number * 10 + (text[i] - '0');
            if (number > int.MaxValue)
                return null;
        }
        return number > 0 ? number : null;
    }
}
