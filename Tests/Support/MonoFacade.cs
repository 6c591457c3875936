using Mono.Cecil;

namespace ProfilerWeaver.Tests;

/// <summary>The <c>netstandard.dll</c> that Mono lacks: it has one, but in the package mono-devel with a hundred others.</summary>
static class MonoFacade
{
    /// <summary>Makes one of that for compilers, which differs by a mark only.</summary>
    public static void MakeRunnable(string facade)
    {
        using var module = ModuleDefinition.ReadModule(facade, new() { InMemory = true });
        var attributes = module.Assembly.CustomAttributes;
        attributes.Remove(attributes.Single(attribute => attribute.AttributeType.Name == "ReferenceAssemblyAttribute"));
        module.Write(facade);
    }
}
