using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>Tells what kind of executable a file is that has no assembly beside it.</summary>
static class NativeProgram
{
    // It follows the offset of the bundle's directory in every host of .NET, where the offset is 0 unless there is a bundle
    // (dotnet/runtime, Microsoft.NET.HostModel): the SHA-256 of ".net core bundle\n". Complemented here, for else a native
    // tool of ours would contain it; and not computed, which takes OpenSSL.
    static byte[] BundleSignature => [.. Convert.FromHexString(
        "74edfd46959edfc78d846cfdeb285fcdec0a46191051cce711c4d231db4c9551").Select(part => (byte)~part)];

    /// <summary>What a message says after the name of the file.</summary>
    public static string Describe(string file)
    {
        var content = File.ReadAllBytes(file);
        var signature = content.AsSpan().IndexOf(BundleSignature);
        if (signature >= sizeof(long))
        {
            return BitConverter.ToInt64(content, signature - sizeof(long)) != 0
                ? " is a single-file bundle, whose assemblies cannot be woven. Publish without PublishSingleFile and " +
                  "pass its .dll, or profile the project with -m."
                : $" starts a .NET program, but there is no {Path.GetFileNameWithoutExtension(file)}.dll next to it. Specify " +
                  "the program in its build folder.";
        }
        if (IsFrameworkProgram(content))
            return " is a .NET Framework program. Specify one built for .NET 8 or later.";
        return IsExecutable(content)
            ? " is a native program: not .NET, or compiled with native AOT, which leaves nothing to weave. Build it " +
              "without PublishAot and pass its .dll."
            : " is neither a .NET program (app.dll) nor C# (script.cs).";
    }

    static bool IsFrameworkProgram(byte[] content)
    {
        try
        {
            return ImageHeaders.KindOf(content) is ImageKind.Managed;
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or EndOfStreamException)
        {
            return false;
        }
    }

    // ELF, PE, Mach-O.
    static bool IsExecutable(byte[] content) =>
        content is [0x7f, (byte)'E', (byte)'L', (byte)'F', ..] or [(byte)'M', (byte)'Z', ..]
            or [0xcf, 0xfa, 0xed, 0xfe, ..] or [0xca, 0xfe, 0xba, 0xbe, ..];
}
