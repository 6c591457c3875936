using System.Text.Json;

namespace ProfilerWeaver.Tests.Browsing;

/// <summary>Our browser and that of CPython, run in the same way.</summary>
static class Browsers
{
    const string RunPython = """
        import json, subprocess, sys
        folder, lines, *files = json.loads(sys.argv[1])
        process = subprocess.run([sys.executable, '-m', 'pstats', *files], cwd=folder, input=lines.encode('utf-8'),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.returncode == 0, process.stderr
        sys.stdout.write(process.stdout.decode('utf-8'))
        """;

    /// <summary>The command that starts ours in a process of its own.</summary>
    public static string[] OurCommand { get; } =
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "dotnet-prof.dll"), "browse"];

    public static string[] PythonCommand => [CPython.Latest.Executable, "-m", "pstats"];

    /// <summary>What CPython's prints when it reads these lines from a pipe in a folder.</summary>
    public static string Python(string folder, string lines, params string[] files) =>
        CPython.Latest.Run(RunPython, JsonSerializer.Serialize((string[])[folder, lines, .. files]));

    /// <summary>What ours prints; file names are taken relative to the folder.</summary>
    public static string Ours(string lines, params string[] files)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Tool.StatisticsBrowser.Run(files, new Tool.PlainLines(new StringReader(lines), output), output);
        return output.ToString();
    }
}
