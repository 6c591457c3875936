using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace ProfilerWeaver.Weaving;

/// <summary>Tells tests from other methods, by the attributes of the test frameworks and what derives from them.</summary>
static class TestMethods
{
    static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute",
        "NUnit.Framework.Interfaces.ISimpleTestBuilder",
        "NUnit.Framework.Interfaces.ITestBuilder",
        "TUnit.Core.TestAttribute",
        "Xunit.FactAttribute",
    };

    /// <summary>Whether a test runner calls the method. An override of a test is one, too.</summary>
    public static bool Contain(MethodDefinition method)
    {
        if (!method.HasBody || method.IsConstructor || method.IsGetter || method.IsSetter)
            return false;
        try
        {
            return HasAttribute(method) || (method.IsVirtual && !method.IsNewSlot && HasAttribute(method.GetOriginalBaseMethod()));
        }
        catch (AssemblyResolutionException)
        {
            // What is not there does not run.
            return false;
        }
    }

    static bool HasAttribute(MethodDefinition method) =>
        method.HasCustomAttributes && method.CustomAttributes.Any(attribute => IsOfFramework(attribute.AttributeType));

    static bool IsOfFramework(TypeReference attribute)
    {
        if (attribute.FullName.StartsWith("System.", StringComparison.Ordinal))
            return false;
        for (var type = attribute.Resolve(); type is not null; type = type.BaseType?.Resolve())
        {
            if (Attributes.Contains(type.FullName) || type.Interfaces.Any(known => Attributes.Contains(known.InterfaceType.FullName)))
                return true;
        }
        return false;
    }
}
