using System.Runtime.InteropServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Samples;

/// <summary>Samples/WebShop, compiled from sources with other white space: every line of them is elsewhere.</summary>
static class ReformattedWebShop
{
    /// <summary>Makes a folder with the program.</summary>
    /// <param name="built">The folder with the program as it was built.</param>
    /// <param name="target">The new folder.</param>
    /// <returns>The path of its assembly.</returns>
    public static string Make(string built, string target)
    {
        foreach (var file in Directory.GetFiles(built, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }
        var assembly = Path.Combine(target, "WebShop.dll");
        var references = LibrariesOf(built).Where(path => Path.GetFileName(path) != "WebShop.dll").Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("WebShop", Sources().Append(GlobalUsings(built)), references,
            new(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using var program = System.IO.File.Create(assembly);
        using var symbols = System.IO.File.Create(Path.ChangeExtension(assembly, ".pdb"));
        var emitted = compilation.Emit(program, symbols, options: new(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Assert.That(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return assembly;
    }

    static IEnumerable<SyntaxTree> Sources()
    {
        var folder = Path.Combine(PackageFeed.Repository, "Samples", "WebShop");
        foreach (var file in new[] { ".", "Data", "Routes" }.SelectMany(part => Directory.GetFiles(Path.Combine(folder, part), "*.cs")))
        {
            var written = CSharpSyntaxTree.ParseText(System.IO.File.ReadAllText(file));
            var reformatted = "// Moved.\n\n\n\n" + written.GetRoot().NormalizeWhitespace("\t", "\n\n").ToFullString();
            var path = Path.Combine("/elsewhere", Path.GetRelativePath(folder, file));
            yield return CSharpSyntaxTree.ParseText(SourceText.From(reformatted, Encoding.UTF8), path: path);
        }
    }

    // Those of the SDK, which the build has written.
    static SyntaxTree GlobalUsings(string built)
    {
        var file = Path.Combine(built.Replace("bin", "obj"), "WebShop.GlobalUsings.g.cs");
        return CSharpSyntaxTree.ParseText(SourceText.From(System.IO.File.ReadAllText(file), Encoding.UTF8));
    }

    static IEnumerable<string> LibrariesOf(string built)
    {
        var framework = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd(Path.DirectorySeparatorChar);
        var web = Path.Combine(framework, "..", "..", "Microsoft.AspNetCore.App", Path.GetFileName(framework));
        return new[] { built, framework, web }.SelectMany(folder => Directory.GetFiles(folder, "*.dll")).Where(IsManaged).DistinctBy(Path.GetFileName);
    }

    static bool IsManaged(string file)
    {
        using var stream = System.IO.File.OpenRead(file);
        using var reader = new System.Reflection.PortableExecutable.PEReader(stream);
        return reader.HasMetadata;
    }
}
