using System.Diagnostics;
using System.Text;

namespace ProfilerWeaver.Tests;

/// <summary>A CPython that is installed on this machine: tests ask the original instead of a copy of it.</summary>
sealed record CPython(string Executable, Version Version)
{
    const string AskVersion = "import platform, sys; print('%s %d.%d.%d' % "
        + "((platform.python_implementation(),) + sys.version_info[:3]))";

    static readonly Lazy<IReadOnlyList<CPython>> Installed = new(Find);

    /// <summary>Every version that was found, the oldest first.</summary>
    public static IReadOnlyList<CPython> All => Installed.Value;

    /// <summary>Those that are not Python 2.</summary>
    public static IEnumerable<CPython> All3 => All.Where(python => python.Version.Major >= 3);

    public static CPython Latest => All[^1];

    public override string ToString() => $"CPython {Version}";

    /// <summary>Runs a script and returns what it prints; the test fails if the script does.</summary>
    public string Run(string script, params string[] arguments)
    {
        var (exitCode, output, errors) = Execute(Executable, ["-c", script, .. arguments]);
        Assert.That(exitCode, Is.Zero, $"{this} failed:\n{errors}");
        return output;
    }

    static CPython[] Find()
    {
        var found = Candidates()
            .Select(Identify)
            .OfType<CPython>()
            .GroupBy(python => python.Version)
            .Select(same => same.First())
            .OrderBy(python => python.Version)
            .ToArray();
        return found.Any(python => python.Version.Major >= 3)
            ? found
            : throw new InvalidOperationException("These tests need CPython 3: put python3 on the PATH.");
    }

    static IEnumerable<string> Candidates()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var pyenv = Path.Combine(home, ".pyenv", "versions");
        var versions = Directory.Exists(pyenv) ? Directory.GetDirectories(pyenv) : [];
        string[] system = Directory.Exists("/usr/bin") ? Directory.GetFiles("/usr/bin", "python3*") : [];
        return versions
            .Select(version => Path.Combine(version, "bin", "python"))
            .Concat(system.Where(file => !file.EndsWith("-config", StringComparison.Ordinal)))
            .Concat(["python3", "python2", "python"]);
    }

    static CPython? Identify(string executable)
    {
        try
        {
            var (exitCode, output, _) = Execute(executable, ["-c", AskVersion]);
            return exitCode == 0 && output.Trim().Split(' ') is ["CPython", var version]
                ? new CPython(executable, Version.Parse(version))
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    static (int ExitCode, string Output, string Errors) Execute(string executable, string[] arguments)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
