using System.Collections;
using System.Globalization;

namespace ProfilerWeaver.Store;

/// <summary>A value of an answer as text, as all formats have it: instants as in ISO 8601, bytes as hexadecimal digits.</summary>
static class AnswerText
{
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{Of(key)}={Of(map[key])}"))}}}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Of))}]",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Whether it is a number, which is written as it is.</summary>
    public static bool IsNumber(object? value) => value is sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128
        or System.Numerics.BigInteger or decimal || (value is double number && double.IsFinite(number)) || (value is float single && float.IsFinite(single));
}
