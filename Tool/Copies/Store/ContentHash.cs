using System.IO.Hashing;
using System.Text;

namespace ProfilerWeaver.Tool;

/// <summary>Tells contents apart. Not a cryptographic hash: .NET takes those from OpenSSL, ends the process where that is
/// not installed, and nobody but the user can write to the cache.</summary>
sealed class ContentHash
{
    const int Digits = 16;

    readonly XxHash128 hash = new();

    /// <summary>The hash of a file.</summary>
    public static string OfFile(string path)
    {
        var hash = new ContentHash();
        hash.AddFile(path);
        return hash.ToString();
    }

    public void Add(string text) => hash.Append(Encoding.UTF8.GetBytes(text + "\0"));

    public void AddFile(string path)
    {
        // Its length too: where one file ends and the next one begins.
        var content = File.ReadAllBytes(path);
        hash.Append(BitConverter.GetBytes(content.Length));
        hash.Append(content);
    }

    public override string ToString() => Convert.ToHexStringLower(hash.GetCurrentHash())[..Digits];
}
