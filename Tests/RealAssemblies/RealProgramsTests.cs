using System.Reflection;
using System.Runtime.Loader;
using ProfilerWeaver.Tests.Languages;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.RealAssemblies;

/// <summary>Programs that we did not write do their work, woven and recorded, as they do without: the same output, the
/// same files, byte for byte.</summary>
[Category("RealAssemblies")]
public class RealProgramsTests
{
    static readonly string[] References = [.. Directory.GetFiles(Sdk.Framework, "System*.dll")
        .Append(Path.Combine(Sdk.Framework, "Microsoft.VisualBasic.Core.dll"))
        .Append(Path.Combine(Sdk.Framework, "netstandard.dll"))
        .Where(file => !file.EndsWith(".Native.dll", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).Select(file => "-r:" + file)];

    static readonly string[] OfRoslyn =
        ["-noconfig", "-nostdlib", "-deterministic", "-debug:portable", $"-pathmap:{RealProgram.Here}=/src"];

    static IEnumerable<TestCaseData> Libraries
    {
        get
        {
            yield return Library("Mono.Cecil", "Mono.Cecil.ModuleDefinition.Write", "Mono.Cecil",
                "Mono.Cecil.Rocks");
            yield return Library("Newtonsoft.Json", "Newtonsoft.Json.JsonSerializer.SerializeInternal",
                "Newtonsoft.Json");
            yield return Library("NuGet", "NuGet.Frameworks.FrameworkReducer.GetNearest", "NuGet.Frameworks",
                "NuGet.Versioning");
            yield return Library("System.CommandLine", "System.CommandLine.ParseResult.Invoke", "System.CommandLine");
            if (!RealAssembly.IsLongForm)
                yield break;
            yield return Library("Autofac", "Autofac.ContainerBuilder.Build", "Autofac");
            yield return Library("ICSharpCode.Decompiler",
                "ICSharpCode.Decompiler.CSharp.CSharpDecompiler.DecompileWholeModuleAsString", "ICSharpCode.Decompiler");
            yield return Library("Iced", "Iced.Intel.Decoder.Decode", "Iced");
            yield return Library("MathNet.Numerics", "MathNet.Numerics.SpecialFunctions.Gamma", "MathNet.Numerics");
            yield return Library("YamlDotNet", "YamlDotNet.Serialization.Serializer.Serialize", "YamlDotNet");
        }
    }

    static TestCaseData Library(string work, string row, params string[] woven) =>
        new TestCaseData(work, row, woven).SetArgDisplayNames(work);

    [TestCaseSource(nameof(Libraries))]
    public void A_library_does_the_same(string work, string row, string[] woven) =>
        Compare(Scenario("RealWork.dll"), woven, row, _ => { }, work);

    [Test]
    public void The_CSharp_compiler_does_the_same() => Compare(Path.Combine(Sdk.Folder, "Roslyn", "bincore", "csc.dll"),
        ["csc", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp"],
        "Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create",
        program => program.Write("Program.cs", """
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading.Tasks;
            #nullable enable
            #warning A warning
            record Point<T>(T X, T Y) where T : struct, IComparable<T>;
            static class Program
            {
                static async Task<int> Main(string[] args)
                {
                    await foreach (var n in Numbers())
                        Console.WriteLine($"{n:x4} {(n switch { 0 => "none", < 3 => "few", _ => "many" })}");
                    var unused = from p in new[] { new Point<int>(1, 2) } group p by p.X into g select g.Count();
                    Func<int, Func<int>> add = a => () => a + args.Length;
                    return add(3)() + (args is ["x", .. var rest] ? rest.Length : 0);
                }
                static async IAsyncEnumerable<int> Numbers()
                {
                    for (int i = 0; i < 4; i++) { await Task.Yield(); yield return i; }
                }
                static int Never() { return 1; int j = 0; }
            }
            """),
        [.. References, .. OfRoslyn, "-nologo", "-out:Program.dll", "Program.cs"]);

    [Test]
    public void The_Visual_Basic_compiler_does_the_same() => Compare(
        Path.Combine(Sdk.Folder, "Roslyn", "bincore", "vbc.dll"),
        ["vbc", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.VisualBasic"],
        "Microsoft.CodeAnalysis.VisualBasic.VisualBasicCompilation.Create",
        program => program.Write("Program.vb", """
            Imports System
            Imports System.Collections.Generic
            Imports System.Linq
            Module Program
                Iterator Function Numbers() As IEnumerable(Of Integer)
                    For n = 1 To 4
                        Yield n
                    Next
                End Function
                Sub Main()
                    On Error Resume Next
                    Dim total = Aggregate n In Numbers() Where n Mod 2 = 0 Into Sum(n)
                    Dim late As Object = "text"
                    Dim unused As Integer
                    Console.WriteLine(If(total > 3, late.Length, 0))
                End Sub
            End Module
            """),
        [.. References, .. OfRoslyn, "-nologo", "-vbruntime-", "-optioninfer+", "-define:_MYTYPE=\"Empty\"",
            $"-sdkpath:{Sdk.Framework}", "-out:Program.dll", "Program.vb"]);

    [Test]
    public void MSBuild_does_the_same() => Compare(Path.Combine(Sdk.Folder, "MSBuild.dll"),
        ["MSBuild", "Microsoft.Build", "Microsoft.Build.Framework", "Microsoft.Build.Tasks.Core",
            "Microsoft.Build.Utilities.Core", "Microsoft.NET.StringTools"],
        "Microsoft.Build.Evaluation.Project",
        program => program.Write("work.proj", """
            <Project DefaultTargets="Work">
              <PropertyGroup>
                <Name>$([System.String]::Concat('1-', $([System.Math]::Max(2, 3)))).</Name>
                <Name>$(MSBuildProjectName.ToUpperInvariant().Replace('WORK', 'Job'))</Name>
                <Sum>$([MSBuild]::Add(40, 2))</Sum>
              </PropertyGroup>
              <ItemGroup>
                <Part Include="a;b;c" Kind="letter" />
                <Part Include="1;2" Kind="digit" Exclude="2" />
                <Part Update="b" Note="second" />
                <Part Remove="c" />
              </ItemGroup>
              <Target Name="Prepare" Returns="@(Part->'%(Identity)!')">
                <MakeDir Directories="made" />
                <WriteLinesToFile File="made/%(Part.Kind).txt" Lines="@(Part)" Overwrite="true" />
              </Target>
              <Target Name="Work" DependsOnTargets="Prepare" Inputs="made/letter.txt" Outputs="made/copy.txt">
                <Copy SourceFiles="made/letter.txt" DestinationFiles="made/copy.txt" />
                <Message Importance="high" Text="$(Name) $(Sum) @(Part->'%(Kind):%(Identity):%(Note)', ', ')" />
                <Message Importance="high" Text="%(Part.Kind): @(Part)" Condition="'@(Part)' != '1' and $(Sum) &gt; 40" />
                <MSBuild Projects="$(MSBuildProjectFile)" Targets="Fail" ContinueOnError="true" Properties="Sum=1" />
                <GetFileHash Files="made/copy.txt" Algorithm="SHA256">
                  <Output TaskParameter="Hash" PropertyName="Hash" />
                </GetFileHash>
                <Warning Text="$(Hash)" Code="W1" />
              </Target>
              <Target Name="Fail">
                <Warning Text="It fails: $([System.DateTime]::Parse('2020-02-29').AddYears(1).ToString('yyyy-MM-dd'))" />
              </Target>
            </Project>
            """),
        "work.proj", "-nologo", "-nodeReuse:false", "-m:1", "-tl:off",
        "-clp:NoSummary;Verbosity=minimal;DisableConsoleColor");

    [Test]
    public void The_FSharp_compiler_does_the_same() => Compare(Path.Combine(Sdk.Folder, "FSharp", "fsc.dll"),
        ["fsc", "FSharp.Compiler.Service"], "FSharp.Compiler.Driver.CompileFromCommandLineArguments",
        program => program.Write("Program.fs", """
            module Program
            type Shape = Circle of radius: float | Square of side: float
            let inline twice x = x + x
            let area = function Circle r -> 3.0 * r * r | Square s -> s * s
            let numbers = seq { for n in 1..3 do yield twice n }
            let work = task { let! n = System.Threading.Tasks.Task.FromResult 1 in return n + Seq.sum numbers }
            let unused = match Circle 1.0 with Circle _ -> 1
            printfn "%d %f" work.Result (area (Square 2.0))
            """),
        [.. References, $"-r:{Scenario("FSharp.Core.dll")}", "--noframework", "--nologo", "--deterministic+", "--debug-",
            $"--pathmap:{RealProgram.Here}=/src", "--target:library", "--targetprofile:netcore", "-o:Program.dll",
            "Program.fs"]);

    [Test]
    public void The_FSharp_library_does_the_same()
    {
        using var temporary = new TemporaryFolder();
        var library = temporary.File("FSharp.Core.dll");
        Sdk.Weave(Scenario("FSharp.Core.dll"), library, new() { AutoStart = false });
        var context = new AssemblyLoadContext("woven FSharp.Core");
        context.Resolving += (_, reference) =>
            reference.Name == "FSharp.Core" ? context.LoadFromAssemblyPath(library) : null;
        var woven = context.LoadFromAssemblyPath(Scenario("Scenarios.FSharp.dll"));

        foreach (var function in ScenarioFunctions.Of("Scenarios.FSharp"))
        {
            if (function.Arguments is not ["Release", string type, string name])
                continue;
            var expected = ScenarioFunctions.Original("Scenarios.FSharp", "Release", type, name)();
            var method = woven.GetType(type, throwOnError: true)!.GetMethod(name, Type.EmptyTypes)!;
            Assert.That(method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null), Is.EqualTo(expected),
                $"{type}.{name}");
        }
    }

    static string Scenario(string name) => Path.Combine(WovenAssembly.Folder, "Release", name);

    static void Compare(string main, string[] woven, string row, Action<RealProgram> prepare, params string[] arguments)
    {
        using var original = RealProgram.Copy(main);
        using var changed = RealProgram.Copy(main, woven);
        prepare(original);
        prepare(changed);

        var expected = original.Run(arguments);
        var result = changed.Run(arguments);

        Assert.That(expected["exit code"], Is.EqualTo("0"), expected["console"]);
        Assert.That(result.Keys, Is.EquivalentTo(expected.Keys), () => result["console"]);
        foreach (var (name, content) in expected)
            Assert.That(result[name], Is.EqualTo(content), name);
        Assert.That(changed.Rows(), Has.Some.StartsWith(row));
    }
}
