using System.Text;
using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Consumers;

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
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(ProfTool.Assembly)!, "*.dll").Select(Path.GetFileName))
            File.Copy(WithoutMachineCode(file!), Path.Combine(folder, file!), overwrite: true);
        File.Copy(WithoutMachineCode("ProfilerWeaver.dll"), Path.Combine(folder, "portable", "ProfilerWeaver.dll"));
        File.Copy(Path.Combine(program.Folder, "Tally.runtimeconfig.json"), Path.Combine(folder, "dotnet-prof.runtimeconfig.json"));

        var host = Path.Combine(program.Folder, program.FileName);
        var own = Path.Combine(folder, "dotnet-prof" + Path.GetExtension(host));
        File.Copy(host, own);
        File.WriteAllBytes(own, StartOther(File.ReadAllBytes(host), "Tally.dll", "dotnet-prof.dll"));
    }

    // Beside the tool they may be compiled for this machine's system, which no other one loads.
    static string WithoutMachineCode(string file)
    {
        var built = Path.GetDirectoryName(ProfTool.Assembly)!;
        var configuration = Path.GetFileName(Path.GetDirectoryName(built))!;
        return file switch
        {
            "dotnet-prof.dll" => Path.Combine(PackageFeed.Repository, "Tool", "obj", configuration, "net10.0", file),
            "ProfilerWeaver.dll" => Path.Combine(built, "portable", file),
            _ => Path.Combine(AppContext.BaseDirectory, file),
        };
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
