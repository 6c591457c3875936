using System.Globalization;

namespace ProfilerWeaver;

/// <summary>Calls per call of the caller.</summary>
static class CallRatio
{
    /// <summary>Whether both are the same number, exactly.</summary>
    public static bool AreEqual(long calls, long per, long otherCalls, long otherPer) =>
        (Int128)calls * otherPer == (Int128)otherCalls * per;

    /// <summary>A whole number as such, another one with four digits.</summary>
    public static string Text(long calls, long per) =>
        calls == 0 || per == 0 ? "0"
        : calls % per == 0 ? (calls / per).ToString("N0", CultureInfo.InvariantCulture)
        : Rounded((double)calls / per);

    static string Rounded(double ratio) => ratio >= 1000
        ? ratio.ToString("N1", CultureInfo.InvariantCulture)
        : ratio.ToString("G4", CultureInfo.InvariantCulture);
}
