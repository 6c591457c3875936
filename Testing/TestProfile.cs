using System.Security.Cryptography;
using System.Text;

namespace ProfilerWeaver;

/// <summary>The profile of a test, as a file.</summary>
static class TestProfile
{
    const string Extension = ".prof";
    const int LongestName = 150;

    /// <summary>Writes it.</summary>
    /// <param name="measured">What the test called.</param>
    /// <param name="test">Its full name.</param>
    /// <param name="folder">Where the file goes; made if it is missing.</param>
    /// <param name="run">Which run of a test of this name it is, from 1 on.</param>
    /// <exception cref="EmptyProfileException">The test called nothing that is woven.</exception>
    public static void Write(ProfileData measured, string test, string folder, int run = 1)
    {
        Directory.CreateDirectory(folder);
        ProfFile.Write(measured with { Program = test }, Path.Combine(folder, FileNameOf(test, run)));
    }

    /// <summary>Names of tests may be of any length, and contain anything; a hash tells apart what becomes equal.</summary>
    public static string FileNameOf(string test, int run = 1)
    {
        var suffix = run == 1 ? "" : FormattableString.Invariant($"-{run}");
        var name = string.Concat(test.Select(character => IsInName(character) ? character : '_'));
        if (name == test && name.Length <= LongestName)
            return name + suffix + Extension;
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.Unicode.GetBytes(test)))[..8].ToLowerInvariant();
        return $"{name[..Math.Min(name.Length, LongestName)]}-{hash}{suffix}{Extension}";
    }

    static bool IsInName(char character) =>
        !"\"<>|:*?\\/".Contains(character, StringComparison.Ordinal) && !char.IsControl(character) && !char.IsSurrogate(character);
}
