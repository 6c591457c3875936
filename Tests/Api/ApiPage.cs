using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Api;

/// <summary><c>docs/api.md</c>: the class that its examples share, and the examples, compiled as they stand there.</summary>
sealed class ApiPage
{
    const string Shared = "csharp Shop.cs";

    static readonly Regex Fence = new(@"^```(?<info>[^\n]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline);

    static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);

    ApiPage(IReadOnlyList<ApiExample> examples, CSharpCompilation compilation)
    {
        Examples = examples;
        Compilation = compilation;
    }

    public IReadOnlyList<ApiExample> Examples { get; }

    /// <summary>All examples, each a method <c>Run</c> of a class of its own.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>Reads and compiles the page.</summary>
    public static ApiPage Read()
    {
        var page = File.ReadAllText(Path.Combine(PackageFeed.Repository, "docs", "api.md")).ReplaceLineEndings("\n");
        var fences = Fence.Matches(page).Select(match => (Info: match.Groups["info"].Value, Text: match.Groups["text"].Value,
            Line: page[..match.Index].Count(character => character == '\n') + 2)).ToArray();
        var examples = new List<ApiExample>();
        for (var i = 0; i < fences.Length; i++)
        {
            if (fences[i].Info != "csharp")
                continue;
            var printed = i + 1 < fences.Length && fences[i + 1].Info == "text" ? fences[i + 1].Text : "";
            examples.Add(new($"Example{examples.Count + 1}", fences[i].Text, fences[i].Line, printed));
        }
        var shared = fences.Single(fence => fence.Info == Shared);
        return new(examples, Compile([Parse($"#line 1 \"Shop.cs\"\n{shared.Text}"), .. examples.Select(example => Parse(Wrap(example)))]));
    }

    static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees)
    {
        var paths = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var usings = Parse("""
            global using System;
            global using System.Collections.Generic;
            global using System.IO;
            global using System.Linq;
            global using System.Threading;
            global using System.Threading.Tasks;
            global using ProfilerWeaver;
            global using ProfilerWeaver.Scripting;
            global using Shop;
            """);
        return CSharpCompilation.Create("Examples", [.. trees, usings],
            paths.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
    }

    static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, Parsing, encoding: Encoding.UTF8);

    // Examples without await are async, too; that they await nothing is only a warning.
    static string Wrap(ApiExample example) => $$"""
        [NoProfile]
        static class {{example.Name}}
        {
            public static async Task Run()
            {
        #line {{example.Line}} "docs/api.md"
        {{example.Code}}
            }
        }
        """;
}

/// <summary>An example of the page.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Code">Its code.</param>
/// <param name="Line">The line of the page that the code begins on.</param>
/// <param name="Printed">What the page says that it prints.</param>
sealed record ApiExample(string Name, string Code, int Line, string Printed);
