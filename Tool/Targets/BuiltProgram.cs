using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>Finds the program that one of its files belongs to.</summary>
static class BuiltProgram
{
    /// <summary>The program that is started by <paramref name="file"/>: its main assembly, or the executable beside
    /// it.</summary>
    /// <param name="name">What the user called it.</param>
    public static TargetProgram OfExecutable(string name, string file) =>
        Path.GetExtension(file).Equals(".dll", StringComparison.OrdinalIgnoreCase) ? OfAssembly(name, file) : OfHost(name, file);

    /// <summary>The program whose main assembly is <paramref name="file"/>.</summary>
    /// <param name="name">What the user called it.</param>
    public static TargetProgram OfAssembly(string name, string file)
    {
        var program = new TargetProgram(file, Host: null);
        if (File.Exists(program.RuntimeConfiguration))
            return program;
        if (TargetOfLink(file) is { } target)
            return OfAssembly(name, target);
        if (!IsManaged(file))
            throw new ToolException($"{name} is not a .NET assembly.");
        throw new ToolException($"{name} is not a program: there is no {Path.GetFileName(program.RuntimeConfiguration)} " +
            "next to it. Specify the program that uses it; --weave " + program.Name + " weaves it as well.");
    }

    /// <summary>The program that was built to <paramref name="assembly"/>, started by the executable beside it, if there is
    /// one, as <c>dotnet run</c> does: the program may start it again by its name.</summary>
    /// <param name="name">What the user called it.</param>
    public static TargetProgram OfBuilt(string name, string assembly)
    {
        var host = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        return OfAssembly(name, assembly) with { Host = File.Exists(host) ? host : null };
    }

    static string? TargetOfLink(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName;

    // The executable beside a program's main assembly starts it.
    static TargetProgram OfHost(string name, string file)
    {
        var assembly = file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase)
            ? Path.ChangeExtension(file, ".dll")
            : file + ".dll";
        if (File.Exists(assembly) && File.Exists(new TargetProgram(assembly, null).RuntimeConfiguration))
            return new(assembly, file);
        if (TargetOfLink(file) is { } target)
            return OfExecutable(name, target);
        throw new ToolException(name + NativeProgram.Describe(file));
    }

    static bool IsManaged(string file)
    {
        try
        {
            return ImageHeaders.KindOf(File.ReadAllBytes(file))
                is not (ImageKind.None or ImageKind.Native);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or EndOfStreamException)
        {
            return false;
        }
    }
}
