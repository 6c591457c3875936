using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Scripting;

namespace ProfilerWeaver.Scripting;

/// <summary>An assembly and its symbols, in memory.</summary>
sealed record Image(byte[] Assembly, byte[] Symbols);

/// <summary>Code that was compiled, and before it the script that declares its variables.</summary>
sealed record CompiledScript(string Name, Host Host, Image Declarations, Image Code);

/// <summary>Compiles code that is given as text.</summary>
static class ScriptCompiler
{
    /// <summary>What the class of a script is called; the weaver knows that the user did not write it.</summary>
    public const string ClassName = Weaving.TypeNames.ScriptClass;

    /// <summary>What stands for the file in rows and messages, as in Python.</summary>
    const string FileName = "<string>";

    static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    // The compiler has no public option for it.
    static readonly PropertyInfo? BinderFlags =
        typeof(CSharpCompilationOptions).GetProperty("TopLevelBinderFlags", BindingFlags.Instance | BindingFlags.NonPublic);

    static int count;

    /// <summary>Compiles code.</summary>
    /// <param name="code">A script.</param>
    /// <param name="declarations">A script that declares variables.</param>
    /// <param name="host">What is around it.</param>
    /// <exception cref="CompilationErrorException">The code is not C#.</exception>
    public static CompiledScript Compile(string code, string declarations, Host host)
    {
        var name = $"ProfilerWeaver.Command{Interlocked.Increment(ref count)}";
        return Compile(OnlyPublic(host), out var errors) ?? (NonPublic(host) is { } options ? Compile(options, out errors) : null)
            ?? throw new CompilationErrorException(string.Join('\n', errors), errors);

        // What is public comes first, so that code means what it would mean anywhere.
        CompiledScript? Compile(CSharpCompilationOptions options, out ImmutableArray<Diagnostic> errors)
        {
            var references = host.References.ToArray();
            var first = Submission(declarations, $"{name}.Variables", references, options, null);
            if (Emit(first, out errors) is not { } declarationsImage)
                return null;
            var second = Submission(code, name, references, options, first);
            return Emit(second, out errors) is { } image ? new(name, host, declarationsImage, image) : null;
        }
    }

    static CSharpCompilation Submission(string code, string name, IEnumerable<MetadataReference> references,
        CSharpCompilationOptions options, CSharpCompilation? previous) =>
        CSharpCompilation.CreateScriptCompilation(name, Parse(code), references, options, previous, typeof(object));

    // The last semicolon may be missing, and the code too: to the compiler an empty script is none.
    static SyntaxTree Parse(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, Script, FileName, Encoding.UTF8);
        if (tree.GetCompilationUnitRoot().Members.Count > 0 && !HasErrors(tree))
            return tree;
        var ended = CSharpSyntaxTree.ParseText(code + "\n;", Script, FileName, Encoding.UTF8);
        return HasErrors(ended) ? tree : ended;
    }

    static bool HasErrors(SyntaxTree tree) =>
        tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    static Image? Emit(CSharpCompilation compilation, out ImmutableArray<Diagnostic> errors)
    {
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(assembly, symbols, options: new(debugInformationFormat: DebugInformationFormat.PortablePdb));
        errors = [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        return result.Success ? new(assembly.ToArray(), symbols.ToArray()) : null;
    }

    static CSharpCompilationOptions OnlyPublic(Host host) => new(OutputKind.DynamicallyLinkedLibrary,
        scriptClassName: ClassName, usings: host.Usings(nonPublic: false), optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true);

    static CSharpCompilationOptions? NonPublic(Host host)
    {
        if (BinderFlags is null || !Enum.TryParse(BinderFlags.PropertyType, "IgnoreAccessibility", out var ignoring))
            return null;
        var options = OnlyPublic(host).WithUsings(host.Usings(nonPublic: true)).WithMetadataImportOptions(MetadataImportOptions.All);
        BinderFlags.SetValue(options, ignoring);
        return options;
    }
}
