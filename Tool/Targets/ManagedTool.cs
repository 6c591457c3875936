using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ProfilerWeaver.Tool;

/// <summary>The tool as a .NET program. Where the tool is native, this lies below it: for the libraries that woven programs
/// load, and to do what takes a JIT.</summary>
static class ManagedTool
{
    /// <summary>Whether this process is it. Known to the native compiler, which leaves out what only it does.</summary>
    [FeatureSwitchDefinition("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported")]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
#pragma warning disable IL4000 // That nothing is trimmed either cannot be told; the tool is trimmed only to become native.
    public static bool IsRunning => RuntimeFeature.IsDynamicCodeSupported;
#pragma warning restore IL4000

    /// <summary>Its folder.</summary>
    public static string Folder { get; } = IsRunning ? AppContext.BaseDirectory : Path.Combine(AppContext.BaseDirectory, "managed");
}
