using System.Diagnostics;
using System.Globalization;
using Mono.Cecil;
using Mono.Cecil.Rocks;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Benchmarks;

/// <summary>What happens once: starting, writing, weaving.</summary>
static class CostTable
{
    const int Starts = 21;
    const int WeavingRounds = 31;
    const int LargeTree = 1_000_000;

    /// <summary>Measures and prints everything.</summary>
    /// <returns>Whether all targets hold.</returns>
    public static bool Print(TextWriter output)
    {
        output.WriteLine(Machine.Describe());
        output.WriteLine();
        output.WriteLine($"{"",-58}{"measured",10}{"at most",10}");
        var (plain, woven) = HelloWorld();
        output.WriteLine(FormattableString.Invariant($"hello world, ms: {plain:F1} unwoven, {woven:F1} woven"));
        var holds = Write(output, "woven hello world, ms more", woven - plain, 15);
        holds &= Write(output, $"writing a tree of {LargeTree:N0} nodes, ms", Milliseconds(WriteTree(LargeTree)), 2000);
        holds &= Write(output, "writing an ordinary profile, ms", Milliseconds(WriteTree(2000)), 20);
        var (readAndWrite, weave) = Weaving(output);
        holds &= Write(output, "weaving / reading and writing with Cecil", weave / readAndWrite, 1.6);
        return holds;
    }

    static bool Write(TextWriter output, string name, double value, double atMost)
    {
        output.WriteLine(FormattableString.Invariant($"{name,-58}{value,10:F2}{atMost,10:F2}{(value <= atMost ? "     holds" : "    MISSED")}"));
        return value <= atMost;
    }

    // In turns; the medians.
    static (double Plain, double Woven) HelloWorld()
    {
        var folder = Directory.CreateTempSubdirectory("hello");
        try
        {
            var source = Path.Combine(AppContext.BaseDirectory, "hello");
            foreach (var file in Directory.GetFiles(source))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            var plain = Path.Combine(source, "Hello.dll");
            var woven = Path.Combine(folder.FullName, "Hello.dll");
            FileWeaving.Weave(plain, woven, new() { Output = Path.Combine(folder.FullName, "hello.prof") },
                typeof(Recorder).Assembly.Location, [Path.GetDirectoryName(typeof(object).Assembly.Location)!]);
            var plainTimes = new List<double>();
            var wovenTimes = new List<double>();
            for (var i = 0; i < Starts; i++)
            {
                plainTimes.Add(Run(plain));
                wovenTimes.Add(Run(woven));
            }
            return (Median(plainTimes), Median(wovenTimes));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static double Run(string program)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    static Action WriteTree(int nodes)
    {
        var profile = LargeProfile.Make(nodes);
        return () =>
        {
            var path = Path.GetTempFileName();
            ProfFile.Write(profile, path);
            File.Delete(path);
        };
    }

    // The module of the SDK that is nearest to 5 MB and has no native code beside its IL, which Cecil cannot write.
    static string ModuleOfFiveMegabytes()
    {
        // Of the .NET that runs this: <root>/shared/Microsoft.NETCore.App/<version>.
        var root = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..");
        var sdk = Directory.GetDirectories(Path.GetFullPath(Path.Combine(root, "sdk"))).Order().Last();
        return new DirectoryInfo(sdk).EnumerateFiles("*.dll", SearchOption.AllDirectories)
            .OrderBy(file => Math.Abs(file.Length - (5 << 20))).First(file => IsOnlyIL(file.FullName)).FullName;
    }

    static bool IsOnlyIL(string path)
    {
        try
        {
            using var module = ModuleDefinition.ReadModule(path);
            return (module.Attributes & ModuleAttributes.ILOnly) != 0;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    static (double ReadAndWrite, double Weave) Weaving(TextWriter output)
    {
        var path = ModuleOfFiveMegabytes();
        using var runtime = ModuleDefinition.ReadModule(typeof(Recorder).Assembly.Location);
        var readAndWrite = new List<double>();
        var weave = new List<double>();
        // In turns: some seconds later .NET has compiled more, and a processor may be slower.
        for (var round = 0; round < WeavingRounds; round++)
        {
            readAndWrite.Add(TimeAlone(() => Rewrite(_ => { })));
            weave.Add(TimeAlone(() => Rewrite(module => AssemblyWeaving.Weave(module, new() { Builtins = BuiltinCalls.None }, runtime.Assembly.Name))));
        }
        output.WriteLine(FormattableString.Invariant($"{Path.GetFileName(path)}, {new FileInfo(path).Length / 1048576.0:F1} MB, ms: {Median(readAndWrite):F0} read and written, {Median(weave):F0} woven"));
        return (Median(readAndWrite), Median(weave));

        // Cecil reads bodies only when somebody looks at them; a weaver has to.
        void Rewrite(Action<ModuleDefinition> change)
        {
            using var resolver = new DefaultAssemblyResolver();
            resolver.AddSearchDirectory(Path.GetDirectoryName(path));
            resolver.AddSearchDirectory(Path.Combine(Path.GetDirectoryName(path)!, "bincore"));
            resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
            using var module = ModuleDefinition.ReadModule(path, new() { AssemblyResolver = resolver });
            foreach (var body in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
                _ = body.Body.Instructions.Count;
            change(module);
            module.Write(new MemoryStream());
        }
    }

    static double Milliseconds(Action action)
    {
        var times = new List<double>();
        action();
        for (var i = 0; i < 5; i++)
            times.Add(Time(action));
        return Median(times);
    }

    // What ran before has left nothing that would have to be collected meanwhile.
    static double TimeAlone(Action action)
    {
        GC.Collect();
        return Time(action);
    }

    static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
