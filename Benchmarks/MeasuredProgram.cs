using System.Reflection.PortableExecutable;

namespace ProfilerWeaver.Benchmarks;

/// <summary>A whole program that nobody tuned for the profiler, and what it is to do.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Command">Its main assembly and its arguments.</param>
/// <param name="Output">A file that it writes at its end; null: it writes none.</param>
/// <param name="Parts">The class whose methods time themselves; null: it does not say what takes how long.</param>
sealed record MeasuredProgram(string Name, string[] Command, string? Output = null, string? Parts = null)
{
    // As the SDK has them for C#.
    static readonly string[] Spaces = ["", ".Collections.Generic", ".IO", ".Linq", ".Threading", ".Threading.Tasks"];

    static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>All of them; what they need is made in a folder.</summary>
    public static IReadOnlyList<MeasuredProgram> All(string folder)
    {
        var sdk = Directory.GetDirectories(Path.Combine(Framework, "..", "..", "..", "sdk")).Order(StringComparer.Ordinal).Last();
        var parts = Path.Combine(AppContext.BaseDirectory, "parts", "Parts.dll");
        var woven = Path.Combine(folder, "woven");
        return
        [
            CSharp(Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"), folder),
            VisualBasic(Path.Combine(sdk, "Roslyn", "bincore", "vbc.dll"), folder),
            FSharp(Path.Combine(sdk, "FSharp"), folder),
            new("weave", [Path.Combine(StartTable.ToolFolder, "dotnet-prof.dll"), "weave",
                Path.Combine(StartTable.ToolFolder, "Mono.Cecil.dll"), "-o", woven], Path.Combine(woven, "Mono.Cecil.dll")),
            new("CodeStats", [Path.Combine(StartTable.Repository, "Samples", "CodeStats", "bin", Path.GetFileName(Path.GetDirectoryName(StartTable.ToolFolder))!,
                "net10.0", "CodeStats.dll"), Path.Combine(StartTable.Repository, "Weaver"), "--repeat", "20", "--threads", "1"]),
            new("json", [parts, "json"], Parts: "Json"),
            new("texts", [parts, "texts"], Parts: "Texts"),
            new("values", [parts, "values"], Parts: "Values"),
        ];
    }

    static MeasuredProgram CSharp(string compiler, string folder)
    {
        var usings = Path.Combine(folder, "Usings.cs");
        File.WriteAllLines(usings, Spaces.Select(space => $"global using System{space};"));
        var sources = Directory.EnumerateFiles(Path.Combine(StartTable.Repository, "Samples", "CodeStats"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal));
        var output = Path.Combine(folder, "CodeStats.dll");
        return new("csc", [compiler, "-noconfig", "@" + Response("csc", ["-nologo", "-nostdlib+", "-parallel-", "-nullable:enable", "-langversion:latest",
            "-out:" + output, usings, .. sources, .. References("-r:"), "-r:" + typeof(Profile).Assembly.Location, "-r:" + typeof(Stats).Assembly.Location])], output);

        string Response(string name, string[] arguments) => WriteResponse(folder, name, arguments);
    }

    static MeasuredProgram VisualBasic(string compiler, string folder)
    {
        var source = Path.Combine(folder, "Classes.vb");
        File.WriteAllLines(source, Enumerable.Range(0, 400).Select(i => $"""
            Public Class Class{i}
                Private ReadOnly names As New System.Collections.Generic.List(Of String)
                Public Function Add(name As String, count As Integer) As Integer
                    For index = 1 To count
                        If index Mod 3 = {i % 3} Then names.Add(name & index.ToString()) Else names.Remove(name)
                    Next
                    Return names.Where(Function(one) one.Length > count).Sum(Function(one) one.Length)
                End Function
            End Class
            """));
        var output = Path.Combine(folder, "Classes.dll");
        return new("vbc", [compiler, "-noconfig", "@" + WriteResponse(folder, "vbc", ["-nologo", "-nosdkpath", "-parallel-", "-target:library", "-define:_MYTYPE=\\\"Empty\\\"", "-imports:System.Linq",
            "-vbruntime:" + Path.Combine(Framework, "Microsoft.VisualBasic.Core.dll"), "-out:" + output, .. References("-r:"), source])], output);
    }

    static MeasuredProgram FSharp(string folderOfCompiler, string folder)
    {
        var source = Path.Combine(folder, "Functions.fs");
        File.WriteAllLines(source, ["module Functions", .. Enumerable.Range(0, 60).Select(i => $$"""
            type Shape{{i}} = Circle of float | Square of float | Many of Shape{{i}} list
            let rec area{{i}} shape =
                match shape with
                | Circle radius -> radius * radius * 3.14
                | Square side -> side * side
                | Many shapes -> shapes |> List.filter (fun one -> one <> Square 0.0) |> List.sumBy area{{i}}
            """)]);
        var output = Path.Combine(folder, "Functions.dll");
        return new("fsc", [Path.Combine(folderOfCompiler, "fsc.dll"), "--noframework", "--nologo", "--target:library", "--targetprofile:netcore", "-o:" + output,
            "-r:" + Path.Combine(folderOfCompiler, "FSharp.Core.dll"), .. References("-r:"), source], output);
    }

    static string WriteResponse(string folder, string name, IEnumerable<string> arguments)
    {
        var response = Path.Combine(folder, name + ".rsp");
        File.WriteAllLines(response, arguments.Select(argument => $"\"{argument}\""));
        return response;
    }

    static IEnumerable<string> References(string option) =>
        Directory.EnumerateFiles(Framework, "*.dll").Where(IsManaged).Order(StringComparer.Ordinal).Select(file => option + file);

    static bool IsManaged(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        return image.HasMetadata;
    }
}
