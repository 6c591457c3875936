namespace ProfilerWeaver.Tool;

/// <summary>C# programs in files without a project whose name does not say so.</summary>
static class SourceText
{
    /// <summary>What stands for a program that is read from stdin, as for <c>dotnet run</c>.</summary>
    public const string StandardInput = "-";

    /// <summary>Builds the program that stdin has.</summary>
    public static TargetProgram BuildStandardInput(TargetChoice choice)
    {
        var folder = Directory.CreateTempSubdirectory("dotnet-prof.");
        try
        {
            var source = Path.Combine(folder.FullName, "app.cs");
            using (var file = File.Create(source))
            using (var input = Console.OpenStandardInput())
                input.CopyTo(file);
            return ProjectBuild.Build(source, choice);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Whether the first line of a file gives it to <c>dotnet</c> to run: <c>#!/usr/bin/env dotnet</c>, for
    /// example.</summary>
    public static bool IsGivenToDotNet(string file)
    {
        using var reader = new StreamReader(file);
        var start = new char[256];
        var length = reader.ReadBlock(start);
        if (start is not ['#', '!', ..])
            return false;
        var words = new string(start, 2, length - 2).Split('\n')[0].Split(' ', '/', '\t', '\r');
        return words.Contains("dotnet") && !words.Contains("fsi");
    }
}
