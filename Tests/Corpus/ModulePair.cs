using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>The corpus before and after weaving, method by method. Bodies are in the long form of all instructions, at
/// the offsets that they have in the file.</summary>
sealed class ModulePair : IDisposable
{
    readonly ModuleDefinition original;
    readonly ModuleDefinition woven;

    public ModulePair(string originalPath, string wovenPath)
    {
        original = ModuleDefinition.ReadModule(originalPath);
        woven = ModuleDefinition.ReadModule(wovenPath);
        Bodies = [.. AllTypes(original).SelectMany(Pairs)];
    }

    public ModuleDefinition Woven => woven;

    /// <summary>The methods that have a body.</summary>
    public IReadOnlyList<(MethodDefinition Original, MethodDefinition Woven)> Bodies { get; }

    public static ModulePair Of(string configuration, bool builtins) =>
        new(CorpusAssembly.Original(configuration).Path, CorpusAssembly.Woven(configuration, builtins).Path);

    public static IEnumerable<TypeDefinition> AllTypes(ModuleDefinition module) => module.GetAllTypes();

    public void Dispose()
    {
        original.Dispose();
        woven.Dispose();
    }

    // Weaving adds no methods to a type and keeps their order.
    IEnumerable<(MethodDefinition, MethodDefinition)> Pairs(TypeDefinition type)
    {
        var wovenType = woven.GetType(type.FullName);
        Assert.That(wovenType, Is.Not.Null, $"{type.FullName} is gone");
        Assert.That(wovenType.Methods.Select(method => method.FullName),
            Is.EqualTo(type.Methods.Select(method => method.FullName)));
        foreach (var (before, after) in type.Methods.Zip(wovenType.Methods))
        {
            Assert.That(after.HasBody, Is.EqualTo(before.HasBody), before.FullName);
            if (!before.HasBody)
                continue;
            before.Body.SimplifyMacros();
            after.Body.SimplifyMacros();
            yield return (before, after);
        }
    }
}
