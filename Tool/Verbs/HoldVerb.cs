namespace ProfilerWeaver.Tool;

/// <summary>What the packages for Microsoft.Testing.Platform and BenchmarkDotNet call, and no user: makes the woven copy of a program, says
/// where its list of assemblies is, and keeps it until its input ends.</summary>
static class HoldVerb
{
    /// <summary>Whether the command line is this.</summary>
    public static bool IsMeant(string[] arguments) => arguments is [HoldCommand.Program or HoldCommand.Tests, _];

    /// <exception cref="ToolException">It cannot be woven.</exception>
    public static int Invoke(string[] arguments)
    {
        var program = BuiltProgram.OfAssembly(arguments[1], Path.GetFullPath(arguments[1]));
        using var copy = CopyCache.Get(program, new() { Tests = arguments[0] == HoldCommand.Tests });
        foreach (var note in copy.Notes)
            Messages.WriteLine($"dotnet-prof: warning: {note}");
        Console.WriteLine(copy.Dependencies
            ?? throw new ToolException($"{program.Name} is self-contained: its .NET takes no other assemblies. Build it without --self-contained."));
        while (Console.ReadLine() is not null)
        {
        }
        return 0;
    }
}
