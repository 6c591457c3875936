using System.Globalization;

namespace ProfilerWeaver;

/// <summary>Figures with four digits, each in the unit that suits it.</summary>
static class AutoUnits
{
    public static string Seconds(double value) => Math.Abs(value) switch
    {
        0 => "0 s",
        >= 0.9999995 => Digits(value, " s"),
        >= 0.9999995e-3 => Digits(value * 1e3, " ms"),
        >= 0.9999995e-6 => Digits(value * 1e6, " us"),
        _ => Digits(value * 1e9, " ns"),
    };

    public static string Bytes(double value)
    {
        string[] units = [" KiB", " MiB", " GiB", " TiB"];
        if (Math.Abs(value) < 1024)
            return value.ToString("0.#", CultureInfo.InvariantCulture) + " B";
        var unit = 0;
        for (value /= 1024; Math.Abs(value) >= 1023.5 && unit < units.Length - 1; value /= 1024)
            unit++;
        return Digits(value, units[unit]);
    }

    static string Digits(double value, string unit)
    {
        var format = Math.Abs(value) switch
        {
            < 9.9995 => "F3",
            < 99.995 => "F2",
            < 999.95 => "F1",
            _ => "F0",
        };
        return value.ToString(format, CultureInfo.InvariantCulture) + unit;
    }
}
