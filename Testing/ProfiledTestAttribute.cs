using System.Security.Cryptography;
using System.Text;

namespace ProfilerWeaver;

/// <summary>Writes a profile of a test, whether it fails or not; its set-up is not included.</summary>
public abstract class ProfiledTestAttribute : MeasuredTestAttribute
{
    const string Extension = ".prof";
    const int LongestName = 150;

    private protected ProfiledTestAttribute()
    {
    }

    /// <summary>The folder for the profiles, from the current one; it is made if it is missing. Default: <c>profiles</c>.</summary>
    public string Folder { get; set; } = "profiles";

    internal override void Finish(ProfileData measured, string test, bool hasFailed)
    {
        Directory.CreateDirectory(Folder);
        try
        {
            ProfFile.Write(measured with { Program = test }, Path.Combine(Folder, FileNameOf(test)));
        }
        catch (EmptyProfileException)
        {
            Console.Error.WriteLine($"ProfilerWeaver: {Printable.Text(test)} has no profile: it called nothing that is woven.");
        }
    }

    // Names of tests may be of any length, and contain anything; a hash tells apart what becomes equal.
    internal static string FileNameOf(string test)
    {
        var name = string.Concat(test.Select(character => IsInName(character) ? character : '_'));
        if (name == test && name.Length <= LongestName)
            return name + Extension;
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.Unicode.GetBytes(test)))[..8].ToLowerInvariant();
        return $"{name[..Math.Min(name.Length, LongestName)]}-{hash}{Extension}";
    }

    static bool IsInName(char character) =>
        !"\"<>|:*?\\/".Contains(character, StringComparison.Ordinal) && !char.IsControl(character) && !char.IsSurrogate(character);
}
