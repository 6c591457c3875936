using System.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mono.Cecil;

namespace ProfilerWeaver.Build;

/// <summary>Finds the assemblies that were compiled without optimisation.</summary>
public sealed class FindUnoptimized : Task
{
    /// <summary>The assemblies.</summary>
    [Required]
    public ITaskItem[] References { get; set; } = [];

    /// <summary>Those of them whose code is not optimised.</summary>
    [Output]
    public ITaskItem[] Unoptimized { get; private set; } = [];

    /// <inheritdoc />
    public override bool Execute()
    {
        Unoptimized = [.. References.Where(item => item.IsAssembly() && IsUnoptimized(item.Path()))];
        return true;
    }

    static bool IsUnoptimized(string path)
    {
        try
        {
            using var assembly = AssemblyDefinition.ReadAssembly(path);
            return assembly.CustomAttributes.Any(attribute =>
                attribute.AttributeType.FullName == typeof(DebuggableAttribute).FullName && DisablesOptimizations(attribute));
        }
        // What cannot be read is told by whoever needs it.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return false;
        }
    }

    // Debuggable(DebuggingModes) or Debuggable(bool isJITTrackingEnabled, bool isJITOptimizerDisabled)
    static bool DisablesOptimizations(CustomAttribute attribute) => attribute.ConstructorArguments.LastOrDefault().Value switch
    {
        int modes => (modes & (int)DebuggableAttribute.DebuggingModes.DisableOptimizations) != 0,
        bool isDisabled => isDisabled,
        _ => false,
    };
}
