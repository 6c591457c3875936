using System.Diagnostics;
using System.Globalization;
using System.Reflection.PortableExecutable;
using Mono.Cecil;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.RealAssemblies;

/// <summary>Assemblies of all kinds of compilers and authors are woven, and the JIT accepts every body.</summary>
[Category("RealAssemblies")]
public class RealAssembliesTests
{
    static readonly RealAssembliesTable Table = new();

    static IEnumerable<TestCaseData> Assemblies => RealAssembly.All.Select(assembly =>
        new TestCaseData(assembly.Name, assembly.Folder).SetArgDisplayNames(assembly.Name));

    [OneTimeTearDown]
    public static void WriteTable()
    {
        if (RealAssembly.TablePath is { } path)
            Table.WriteTo(path);
    }

    [TestCaseSource(nameof(Assemblies))]
    public void Every_body_is_valid(string name, string folder)
    {
        var input = new RealAssembly(name, folder).File;
        using var temporary = new TemporaryFolder();
        var output = temporary.File(name + ".dll");

        var clock = Stopwatch.StartNew();
        var report = Sdk.Weave(input, output, new() { AutoStart = false });
        var weaving = clock.Elapsed;

        Assert.That(report.Woven, Is.Not.Empty);
        ExpectPlainImage(output);

        clock.Restart();
        var read = Read(output, folder);
        Assert.That(read.Failures, Is.EqualTo(read.Failures.Length == 0 ? [] : Read(input, folder).Failures),
            "what the JIT refuses of the woven assembly, and not of the original");
        Assert.That(read.Bodies, Is.GreaterThanOrEqualTo(report.Woven.Count * 9 / 10));
        Table.Add(name, input, output, report.Woven.Count, weaving, read.Bodies, clock.Elapsed);
    }

    [Test]
    public void The_reader_notices_an_invalid_body()
    {
        using var temporary = new TemporaryFolder();
        var file = temporary.File("Invalid.dll");
        using (var module = ModuleDefinition.ReadModule(typeof(RealAssembly).Assembly.Location))
        {
            var method = module.GetType(typeof(RealAssembly).FullName).Methods.First(method => method.Name == "ToString");
            method.Body.Instructions[0].OpCode = Mono.Cecil.Cil.OpCodes.Nop;
            module.Write(file);
        }

        Assert.That(Read(file, Sdk.Folder).Failures, Is.EqualTo(new[]
        {
            $"{typeof(RealAssembly)}.ToString: InvalidProgramException: Common Language Runtime detected an invalid program.",
        }));
    }

    // Intermediate language for any machine, even if the original held machine code too.
    static void ExpectPlainImage(string path)
    {
        using var stream = File.OpenRead(path);
        var headers = new PEHeaders(stream);
        Assert.That(headers.CorHeader!.Flags, Is.EqualTo(CorFlags.ILOnly));
        Assert.That(headers.CorHeader.ManagedNativeHeaderDirectory.Size, Is.Zero);
        Assert.That(headers.CoffHeader.Machine, Is.EqualTo(Machine.I386));
    }

    static (int Bodies, string[] Failures) Read(string path, string folder)
    {
        var reader = Path.Combine(TestContext.CurrentContext.TestDirectory, "scenarios", "Release", "JitReader.dll");
        var run = CommandLine.Run("dotnet", Path.GetDirectoryName(path)!, ["exec", reader, path, folder, .. Sdk.Folders]);
        Assert.That(run.ExitCode, Is.Zero, run.Output);
        var lines = run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        var last = lines.Single(line => line.EndsWith(" bodies read", StringComparison.Ordinal));
        var failures = lines.Where(line => line != last
            && !line.EndsWith("no suitable type arguments", StringComparison.Ordinal));
        return (int.Parse(last.Split(' ')[0], CultureInfo.InvariantCulture), failures.ToArray());
    }
}
