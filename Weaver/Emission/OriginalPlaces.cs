using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Lets the code of an assembly that is loaded in place of its original, from another folder, see the original's path, and
/// start the program's processes as this one was started. Calls of the framework become calls of the recorder:
/// <code>
/// string path = ProgramPlaces.LocationOf(assembly);          // assembly.Location
/// Process? child = ProgramPlaces.StartProcess(startInfo);    // Process.Start(startInfo)
/// </code>
/// </summary>
sealed class OriginalPlaces(RecorderReferences recorder)
{
    const string Assembly = "System.Reflection.Assembly";
    const string Process = "System.Diagnostics.Process";

    static readonly Dictionary<string, string> Replacements = new(StringComparer.Ordinal)
    {
        [Assembly + "::get_Location()"] = RecorderMember.LocationOf,
        [Assembly + "::get_CodeBase()"] = RecorderMember.CodeBaseOf,
        [Assembly + "::get_EscapedCodeBase()"] = RecorderMember.EscapedCodeBaseOf,
        ["System.Reflection.Module::get_FullyQualifiedName()"] = RecorderMember.FullyQualifiedNameOf,
        [Process + "::Start()"] = RecorderMember.StartProcess,
        [Process + "::Start(System.Diagnostics.ProcessStartInfo)"] = RecorderMember.StartProcess,
        [Process + "::Start(System.String)"] = RecorderMember.StartProcess,
        [Process + "::Start(System.String,System.String)"] = RecorderMember.StartProcess,
        [Process + "::Start(System.String,System.Collections.Generic.IEnumerable`1<System.String>)"] = RecorderMember.StartProcess,
    };

    /// <summary>Whether a module calls any of what is replaced.</summary>
    public static bool AreAskedIn(ModuleDefinition module) => module.GetMemberReferences().OfType<MethodReference>()
        .Any(method => Replacement(method) is not null);

    /// <summary>Replaces the calls in all bodies of a module.</summary>
    public void ReplaceIn(ModuleDefinition module, IEnumerable<TypeDefinition> types)
    {
        if (!AreAskedIn(module))
            return;
        foreach (var method in types.SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            foreach (var instruction in method.Body.Instructions)
            {
                if (instruction.Operand is MethodReference called && Fits(instruction, called) && Replacement(called) is { } name)
                {
                    instruction.OpCode = instruction.OpCode.Code == Code.Ldftn ? OpCodes.Ldftn : OpCodes.Call;
                    instruction.Operand = Static(called, name);
                }
            }
        }
    }

    // A class of the user's that is an Assembly may call what it overrides.
    static bool Fits(Instruction instruction, MethodReference called) => instruction.OpCode.Code switch
    {
        Code.Callvirt => true,
        Code.Call => !called.HasThis || called.DeclaringType.FullName == Process,
        Code.Ldftn => !called.HasThis,
        _ => false,
    };

    static string? Replacement(MethodReference method)
    {
        // Most methods have other names.
        if (method.Name is not ("Start" or "get_Location" or "get_CodeBase" or "get_EscapedCodeBase" or "get_FullyQualifiedName"))
            return null;
        var parameters = string.Join(",", method.Parameters.Select(parameter => parameter.ParameterType.FullName));
        return Replacements.TryGetValue($"{method.DeclaringType.FullName}::{method.Name}({parameters})", out var name) ? name : null;
    }

    MethodReference Static(MethodReference called, string name) => recorder.OfPlaces(name, called.ReturnType,
        [.. called.HasThis ? (TypeReference[])[called.DeclaringType] : [], .. called.Parameters.Select(parameter => parameter.ParameterType)]);
}
