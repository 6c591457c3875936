using System.Text;
using ProfilerWeaver.Tests.CommandLineTool;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>The tool as a program for another platform: its assemblies beside the .NET that a program was published with.</summary>
static class PublishedTool
{
    /// <summary>Makes it in a folder, in which it is called <c>dotnet-prof</c>, on Windows with <c>.exe</c>.</summary>
    public static void Make(TallyProgram program, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "portable"));
        foreach (var file in Directory.GetFiles(program.Folder).Where(IsOfDotNet))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        // Machine code for this machine's system may be in them: elsewhere .NET compiles their IL.
        var built = Path.GetDirectoryName(ProfTool.Assembly)!;
        foreach (var file in Directory.GetFiles(built, "*.dll").Append(Path.Combine(built, "portable", "ProfilerWeaver.dll")))
            File.Copy(file, Path.Combine(folder, Path.GetRelativePath(built, file)), overwrite: true);
        File.Copy(Path.Combine(program.Folder, "Tally.runtimeconfig.json"), Path.Combine(folder, "dotnet-prof.runtimeconfig.json"));

        var host = Path.Combine(program.Folder, program.FileName);
        var own = Path.Combine(folder, "dotnet-prof" + Path.GetExtension(host));
        File.Copy(host, own);
        File.WriteAllBytes(own, StartOther(File.ReadAllBytes(host), "Tally.dll", "dotnet-prof.dll"));
    }

    static bool IsOfDotNet(string file) =>
        Path.GetFileName(file) is var name && !name.StartsWith("Tally", StringComparison.Ordinal) && !name.StartsWith("ProfilerWeaver", StringComparison.Ordinal);

    // The host of a program has the name of its assembly in a place of a kilobyte.
    static byte[] StartOther(byte[] host, string assembly, string other)
    {
        var place = host.AsSpan(host.AsSpan().IndexOf(Encoding.UTF8.GetBytes(assembly + '\0')));
        Assert.That(place[assembly.Length..other.Length].ToArray(), Has.All.Zero);
        Encoding.UTF8.GetBytes(other, place);
        return host;
    }
}
