using Mono.Cecil;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>Methods that the runtime itself suspends (MethodImpl 0x2000) are left as they are, and the user is told.</summary>
public class RuntimeAsyncTests
{
    [Test]
    public void A_runtime_async_method_is_skipped_with_a_warning()
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(WovenAssembly.Folder, "Release", "Scenarios.CSharp.dll"));
        using var runtime = ModuleDefinition.ReadModule(typeof(Recorder).Assembly.Location);
        var method = module.GetType("Scenarios.Naming.Order").Methods.Single(method => method.Name == "get_Twice");
        method.ImplAttributes |= (MethodImplAttributes)0x2000;
        var instructions = method.Body.Instructions.Count;

        var report = AssemblyWeaving.Weave(module, new(), runtime.Assembly.Name);

        Assert.That(method.Body.Instructions, Has.Count.EqualTo(instructions));
        Assert.That(report.Warnings, Has.One.StartsWith("1 runtime-async methods are not woven"));
    }
}
