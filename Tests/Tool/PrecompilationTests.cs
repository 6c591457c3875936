using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using ProfilerWeaver.Tests.Consumers;
using ProfilerWeaver.Tool;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>A program that was compiled ahead of time (ReadyToRun) is so again once it is woven, where .NET's compiler can be had; it
/// does the same either way.</summary>
[Platform("Linux")]
public sealed class PrecompilationTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    static readonly Lazy<TemporaryFolder> Images = new(CompileShop);

    readonly ProfTool tool = new(hasOwnCache: true);
    readonly string program;

    public PrecompilationTests()
    {
        program = Publish("published");
    }

    [OneTimeTearDown]
    public static void RemoveImages()
    {
        if (Images.IsValueCreated)
            Images.Value.Dispose();
    }

    public void Dispose() => tool.Dispose();

    [Test]
    public void It_does_and_counts_the_same_and_the_JIT_compiles_none_of_it()
    {
        string[] command = [program, "serve", "3", "lazily"];
        var woven = tool.Run(["-n", "all", "-r", "Shop|Stock", "--precompile", "off", .. command]);
        var compiled = CompiledByJit(Copies().Single(), command);
        var precompiled = tool.Run(["-n", "all", "-r", "Shop|Stock", "--precompile", "on", .. command]);
        var compiledThen = CompiledByJit(Copies().Single(copy => new AssemblyFile(Path.Combine(copy, "app", "Shop.dll")).IsReadyToRun), command);

        Assert.That(precompiled.Errors, Is.Empty);
        Assert.That(precompiled.ProgramOutput, Is.EqualTo(woven.ProgramOutput).And.Not.Empty);
        Assert.That(Rows(precompiled), Is.EqualTo(Rows(woven)).And.Count.EqualTo(6));
        Assert.That(compiled, Has.Count.EqualTo(6).And.Member("Shop.Query:Read(int)"));
        Assert.That(compiledThen, Is.Empty, "the machine code is taken");
    }

    [Test]
    public void It_is_compiled_in_the_background_for_the_next_run()
    {
        var first = tool.Run("--precompile", "auto", "--verbose", program, "sell", "tea");

        Assert.That(first.Errors, Is.EqualTo("dotnet-prof: recompiling Shop ahead of time: done in the background after this run.\n"));
        var end = DateTime.UtcNow + Patience;
        while (!HasMachineCode("Shop.dll").Contains(true) && DateTime.UtcNow < end)
            Thread.Sleep(20);
        ToolResult second;
        do
            second = tool.Run("--precompile", "auto", "--verbose", program, "sell", "tea");
        while (!second.Errors.Contains("again: done;", StringComparison.Ordinal) && DateTime.UtcNow < end);
        Assert.That(second.Errors, Is.EqualTo(
            "dotnet-prof: recompiling Shop ahead of time: done; all assemblies that had machine code have it again.\n"));
        Assert.That(second.ProgramOutput, Is.EqualTo(first.ProgramOutput).And.EqualTo("3\n"));
    }

    [Test]
    public void It_is_compiled_again_when_it_has_changed_and_only_then()
    {
        tool.Run("--precompile", "on", program, "sell", "tea");
        var first = Copies();

        File.SetLastWriteTimeUtc(program, DateTime.UtcNow);
        tool.Run("--precompile", "on", program, "sell", "tea");
        var touched = Copies();
        File.Copy(Publish("other", exclude: "Stock.dll"), program, overwrite: true);
        File.Copy(ToolApps.Assembly("Shop").Replace("Shop.dll", "Stock.dll", StringComparison.Ordinal),
            Path.Combine(Path.GetDirectoryName(program)!, "Stock.dll"), overwrite: true);
        var changed = tool.Run("--precompile", "on", program, "sell", "tea");

        Assert.That(touched, Is.EqualTo(first).And.Count.EqualTo(2), "one as it was woven, one with machine code");
        Assert.That(Copies().Except(first).ToList(), Has.Count.EqualTo(2));
        Assert.That(changed.ProgramOutput, Is.EqualTo("3\n"));
        Assert.That(HasMachineCode("Stock.dll").Count(isImage => isImage), Is.EqualTo(1), "Stock had no machine code any longer");
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void A_compiler_that_fails_leaves_the_assembly_to_the_JIT_and_is_told_in_a_line()
    {
        Fake("echo 'Error: out of luck' >&2; exit 3");

        var result = tool.Run("--precompile", "on", "--exclude", "Stock", program, "sell", "tea");

        Assert.That(result.ProgramOutput, Is.EqualTo("3\n"));
        Assert.That(result.Rows, Is.Not.Empty);
        Assert.That(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2).And.All.Match(
            @"^dotnet-prof: warning: (Shop|Stock)\.dll was not recompiled ahead of time, so the JIT compiles it: " +
            @"crossgen2 [\d.]+ ended with exit code 3: Error: out of luck$"));
    }

    [Test]
    public void Without_a_compiler_all_is_as_before_and_the_reason_is_told_on_request()
    {
        tool.Environment["NUGET_PACKAGES"] = tool["packages"];
        tool.Environment["RestoreSources"] = tool["nowhere"];

        var asked = tool.Run("--precompile", "on", program, "sell", "tea");
        var later = tool.Run("--precompile", "auto", program, "sell", "tea");
        var verbose = tool.Run("--precompile", "auto", "--verbose", program, "sell", "tea");

        Assert.That(new[] { asked, later, verbose }.Select(result => result.ProgramOutput), Has.All.EqualTo("3\n"));
        Assert.That(asked.Errors, Does.Match(@"^dotnet-prof: warning: Shop was not recompiled ahead of time, so the JIT compiles it: " +
            @"microsoft\.netcore\.app\.crossgen2\.\S+ [\d.]+ cannot be restored: .*nowhere.*\n$"));
        Assert.That(later.Errors, Is.Empty);
        Assert.That(verbose.Errors, Does.Match(@"^dotnet-prof: recompiling Shop ahead of time: microsoft.* cannot be restored: .*\n$"));
    }

    [Test]
    public void A_program_that_had_no_machine_code_gets_none()
    {
        var result = tool.Run("--precompile", "on", "--verbose", ToolApps.Assembly("Shop"), "sell", "tea");

        Assert.That(result.Errors, Is.Empty);
        Assert.That(HasMachineCode("Shop.dll"), Is.EqualTo(new[] { false }));
    }

    [Test]
    public void A_wrong_choice_is_refused()
    {
        Assert.That(tool.Run("--precompile", "maybe", program).Errors, Does.EndWith("invalid choice: 'maybe' (choose from 'auto', 'on', 'off')\n"));
        tool.Environment["DOTNET_PROF_PRECOMPILE"] = "maybe";
        Assert.That(tool.Run(program).Errors, Does.Contain("DOTNET_PROF_PRECOMPILE is 'maybe'. Set it to one of auto, on, off."));
    }

    // As PublishReadyToRun leaves it.
    string Publish(string name, string? exclude = null)
    {
        var target = Directory.CreateDirectory(tool[name]).FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(ToolApps.Assembly("Shop"))!))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        foreach (var image in Directory.GetFiles(Images.Value.Location).Where(image => Path.GetFileName(image) != exclude))
            File.Copy(image, Path.Combine(target, Path.GetFileName(image)), overwrite: true);
        return Path.Combine(target, "Shop.dll");
    }

    static TemporaryFolder CompileShop()
    {
        var images = new TemporaryFolder();
        var shop = new TargetProgram(ToolApps.Assembly("Shop"), null);
        var folder = Path.GetDirectoryName(shop.Assembly)!;
        var references = Directory.GetFiles(folder, "*.dll").Concat(Frameworks.FoldersOf(shop).SelectMany(of => Directory.GetFiles(of, "*.dll")));
        foreach (var assembly in new[] { "Shop.dll", "Stock.dll" })
            Crossgen.For(shop).Compile(Path.Combine(folder, assembly), images.File(assembly), references);
        return images;
    }

    [UnsupportedOSPlatform("windows")]
    void Fake(string script)
    {
        var real = UserPackages.Folder;
        foreach (var version in Directory.GetDirectories(real, "microsoft.netcore.app.crossgen2.*").SelectMany(Directory.GetDirectories))
        {
            var tools = Directory.CreateDirectory(Path.Combine(tool["packages"], Path.GetRelativePath(real, version), "tools"));
            var compiler = Path.Combine(tools.FullName, "crossgen2");
            File.WriteAllText(compiler, $"#!/bin/sh\n{script}\n");
            File.SetUnixFileMode(compiler, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        tool.Environment["NUGET_PACKAGES"] = tool["packages"];
    }

    // What the JIT itself lists of a run of this copy.
    List<string> CompiledByJit(string copy, string[] command)
    {
        var start = tool.Start("dotnet", ["--additional-deps", Path.Combine(copy, "app", "dotnet-prof.deps.json"), .. command]);
        start.Environment["DOTNET_JitDisasmSummary"] = "1";
        start.Environment["DOTNET_JitStdOutFile"] = tool["jit.txt"];
        start.Environment["PROFILERWEAVER"] = "0";
        File.Delete(tool["jit.txt"]);
        using (var run = new RunningTool(Process.Start(start)!, Patience))
            Assert.That(run.End().ExitCode, Is.Zero);
        return [.. File.ReadLines(tool["jit.txt"]).Select(line => Regex.Match(line, @"JIT compiled ((Shop|Stock)\.\S+)").Groups[1].Value)
            .Where(method => method.Length > 0)];
    }

    static List<string> Rows(ToolResult result) => [.. result.Rows.Select(row => $"{row.Calls} {row.Label}").Order()];

    List<string> Copies() => [.. Directory.GetDirectories(Path.Combine(tool.Cache, "copies")).Order()];

    // While a copy is being made, its name has an ending.
    List<bool> HasMachineCode(string file) => [.. Copies().Where(copy => Path.GetExtension(copy).Length < 33)
        .Select(copy => Path.Combine(copy, "app", file)).Where(File.Exists).Select(path => new AssemblyFile(path).IsReadyToRun)];
}
