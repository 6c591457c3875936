using System.Collections.Generic;
using Fody;
using Mono.Cecil;

/// <summary>Someone else's weaver: adds a class Stamped.</summary>
public class ModuleWeaver : BaseModuleWeaver
{
    public override void Execute() => ModuleDefinition.Types.Add(new TypeDefinition(
        "", "Stamped", TypeAttributes.NotPublic, ModuleDefinition.TypeSystem.Object));

    public override IEnumerable<string> GetAssembliesForScanning()
    {
        yield return "netstandard";
    }
}
