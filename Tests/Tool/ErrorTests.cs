using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>What cannot be profiled is refused in one or two lines that say what to do.</summary>
public sealed class ErrorTests : IDisposable
{
    readonly ProfTool tool = new();

    public void Dispose() => tool.Dispose();

    [Test]
    public void A_folder() => Refused("Specify the program in it", tool.Folder);

    [Test]
    public void A_project_without_m() =>
        Refused("Use -m", Path.Combine(ToolApps.Folder, "Shop", "Shop.csproj"));

    [Test]
    public void A_library() => Refused("is not a program: there is no Stock.runtimeconfig.json next to it",
        Path.Combine(ToolApps.Folder, "Stock", "bin", "Release", "net10.0", "Stock.dll"));

    [TestCase("help", "--help")]
    [TestCase("stat", "stats")]
    [TestCase("wave", "weave")]
    [TestCase("browser", "browse")]
    public void A_word_like_a_verb(string word, string verb) => Refused($"Did you mean dotnet prof {verb}? Otherwise, specify", word);

    [Test]
    public void A_word_like_no_verb() => Refused("does not exist. Specify a built program (app.dll)", "server");

    [TestCase("expected a program, not ''", "")]
    [TestCase("expected a program, not ''", "run", "")]
    [TestCase("expected a module name, not ''", "-m", "")]
    [TestCase("FILE: expected the name of a file, not ''", "stats", "")]
    [TestCase("FILE: expected the name of a file, not ''", "browse", "")]
    [TestCase("FILE: expected the name of a file, not ''", "recover", "")]
    [TestCase("option --outfile: expected a name, not ''", "recover", "a.prof.live", "-o", "")]
    [TestCase("INPUT: expected the name of a file, not ''", "weave", "", "-o", "woven")]
    [TestCase("option --output: expected a name, not ''", "weave", "a.dll", "-o", "")]
    public void An_empty_name(string error, params string[] arguments)
    {
        var result = tool.Run(arguments);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Errors, Does.Contain(error));
    }

    [TestCase("merge -o all.prof a?.prof", "a?.prof matches no file. Only * and ** are expanded here; remove the quotes to let the shell expand ? and [...].")]
    [TestCase("merge -o all.prof [ab]*.prof", "[ab]*.prof matches no file. Only * and ** are expanded here; remove the quotes to let the shell expand ? and [...].")]
    [TestCase("merge -o all.prof *.prof", "*.prof matches no file.")]
    [TestCase("stats *.prof", "*.prof does not exist. If it is a pattern, remove the quotes to let the shell expand it; only dotnet prof merge expands patterns itself.")]
    [TestCase("top saved", "saved is a saved profile, and top shows programs that are running. dotnet prof stats saved shows it.")]
    public void Another_kind_of_name(string arguments, string error)
    {
        File.WriteAllText(tool["saved"], "");

        Assert.That(tool.Run(arguments.Split(' ')), Is.EqualTo(new ToolResult(1, "", $"dotnet-prof: error: {error}\n")));
    }

    [Test]
    [Platform("Linux")]
    [SupportedOSPlatform("linux")]
    public void A_file_that_may_not_be_read()
    {
        ProfFile.Write(RandomProfiles.Recording(1), tool["secret.prof"]);
        File.SetUnixFileMode(tool["secret.prof"], UnixFileMode.None);
        // Root may read everything, unless it gives that up.
        string[] command = LinuxSocket.User == 0 ? ["setpriv", "--inh-caps=-all", "--bounding-set=-all", "dotnet"] : ["dotnet"];

        using var running = new RunningTool(System.Diagnostics.Process.Start(
            tool.Start(command[0], [.. command[1..], ProfTool.Assembly, "stats", "secret.prof"]))!, TimeSpan.FromMinutes(1));

        Assert.That(running.End(), Is.EqualTo(new ToolResult(1, "", "dotnet-prof: error: secret.prof cannot be read: you have no permission. Ask its " +
            "owner for it (chmod +r), or run this as its owner.\n")));
    }

    [TestCase("1.5")]
    [TestCase("-2")]
    [TestCase("nan")]
    public void A_restriction_that_is_no_number_of_rows_and_no_fraction(string restriction)
    {
        tool.Run("-o", "@a.prof", ToolApps.Assembly("Shop"), "sell", "tea");

        var result = tool.Run("stats", "@a.prof", "-r", restriction);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Errors, Does.Contain("expected a number of rows, a fraction from 0 to 1"));
        Assert.That(tool.Run("stats", "@a.prof", "-r", "0.5").ExitCode, Is.Zero);
    }

    [Test]
    public void A_unit_for_a_format_that_has_seconds()
    {
        tool.Run("-o", "a.prof", ToolApps.Assembly("Shop"), "sell", "tea");

        var result = tool.Run("stats", "a.prof", "--unit", "us", "--format", "csv");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Errors, Does.Contain("--unit has no effect on csv"));
    }

    [Test]
    public void A_file_that_is_no_assembly()
    {
        File.WriteAllText(tool["text.dll"], "text");

        Refused("is not a .NET assembly", "text.dll");
    }

    [Test]
    [Platform("Linux")]
    public void A_native_program() => Refused("Build it without PublishAot", "/bin/sh");

    [Test]
    public void A_single_file_bundle()
    {
        // What tells a bundle from a host: in front of the signature stands where the bundle's directory is.
        var host = File.ReadAllBytes(Path.ChangeExtension(ToolApps.Assembly("Shop"), null));
        byte[] signature = [0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38];
        host[host.AsSpan().IndexOf(signature) - sizeof(long)] = 1;
        File.WriteAllBytes(tool["bundle"], host);

        Refused("is a single-file bundle", "bundle");
    }

    [TestCase("Thin.dll")]
    [TestCase("weave", ".", "-o", "woven")]
    public void A_trimmed_program(params string[] arguments)
    {
        File.Copy(ToolApps.Assembly("Shop"), tool["Thin.dll"]);
        File.Copy(Path.ChangeExtension(ToolApps.Assembly("Shop"), ".deps.json"), tool["Thin.deps.json"]);
        File.WriteAllText(tool["Thin.runtimeconfig.json"],
            """{ "runtimeOptions": { "includedFrameworks": [ { "name": "Microsoft.NETCore.App", "version": "10.0.0" } ] } }""");
        // Of the rest, nothing was needed.
        File.Copy(typeof(object).Assembly.Location, tool["System.Private.CoreLib.dll"]);

        Refused("was published trimmed: the .NET in its folder lacks what the recorder needs (System.", arguments);
    }

    [Test]
    public void A_program_that_brings_NET_along_without_its_executable()
    {
        File.Copy(ToolApps.Assembly("Shop"), tool["Whole.dll"]);
        File.Copy(Path.ChangeExtension(ToolApps.Assembly("Shop"), ".deps.json"), tool["Whole.deps.json"]);
        File.WriteAllText(tool["Whole.runtimeconfig.json"],
            """{ "runtimeOptions": { "includedFrameworks": [ { "name": "Microsoft.NETCore.App", "version": "10.0.0" } ] } }""");
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!))
            File.CreateSymbolicLink(tool[Path.GetFileName(file)], file);

        Refused("brings .NET along, but its executable " + tool["Whole"] + " is missing", "Whole.dll");
    }

    [Test]
    public void A_host_without_its_program()
    {
        File.Copy(Path.ChangeExtension(ToolApps.Assembly("Shop"), null), tool["Lonely"]);

        Refused("there is no Lonely.dll next to it", "Lonely");
    }

    [Test]
    public void A_runtime_that_is_not_installed()
    {
        File.Copy(ToolApps.Assembly("Shop"), tool["Future.dll"]);
        File.WriteAllText(tool["Future.runtimeconfig.json"],
            """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "99.0.0" } } }""");

        Refused("needs Microsoft.NETCore.App 99.0.0", "Future.dll");
    }

    [Test]
    public void A_pattern_that_matches_no_assembly() => Refused(
        "--weave Microsoft.Extensions.DependencyModle matches no assembly of Shop. Did you mean " +
        "Microsoft.Extensions.DependencyModel?", "--weave", "Microsoft.Extensions.DependencyModle", ToolApps.Assembly("Shop"));

    [Test]
    public void A_CSharp_file_that_does_not_compile()
    {
        File.WriteAllText(tool["broken.cs"], "int x = ;");

        var result = tool.Run("broken.cs");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("broken.cs could not be built:").And.Contain("error CS1525"));
    }

    [Test]
    public void A_stack_trace_is_shown_when_asked_for()
    {
        Assert.That(tool.Run("no.dll").Errors, Does.Not.Contain("   at "));
        Assert.That(tool.Run("--verbose", "no.dll").Errors, Does.Contain("   at ProfilerWeaver.Tool."));
        Assert.That(tool.Run("stats", "no.prof", "--verbose").Errors, Does.Contain("   at ProfilerWeaver.Tool."));
    }

    void Refused(string reason, params string[] arguments)
    {
        var result = tool.Run(arguments);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Does.StartWith("dotnet-prof: error: ").And.Contain(reason));
        Assert.That(Regex.Count(result.Errors, "\n"), Is.LessThanOrEqualTo(2));
    }
}
