using Mono.Cecil;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Tool;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>Methods that the runtime itself suspends (MethodImpl 0x2000) are left as they are, and the user is told.</summary>
public class RuntimeAsyncTests
{
    [Test]
    public void A_runtime_async_method_is_skipped_with_a_warning()
    {
        var (report, method, instructions) = Weave();

        Assert.That(method.Body.Instructions, Has.Count.EqualTo(instructions));
        Assert.That(report.Warnings, Has.One.StartsWith("1 runtime-async methods are not woven"));
    }

    [Test]
    public void Of_several_assemblies_those_that_have_such_methods_count()
    {
        var warnings = new WeavingWarnings();
        warnings.Add(new());
        warnings.Add(Weave().Report);
        warnings.Add(Weave().Report);

        Assert.That(warnings.Lines(), Has.One.StartsWith("2 runtime-async methods are not woven"));
    }

    static (WeavingReport Report, MethodDefinition Method, int Instructions) Weave()
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(WovenAssembly.Folder, "Release", "Scenarios.CSharp.dll"));
        using var runtime = ModuleDefinition.ReadModule(typeof(Recorder).Assembly.Location);
        var method = module.GetType("Scenarios.Naming.Order").Methods.Single(method => method.Name == "get_Twice");
        method.ImplAttributes |= (MethodImplAttributes)0x2000;
        var instructions = method.Body.Instructions.Count;
        return (AssemblyWeaving.Weave(module, new(), runtime.Assembly.Name), method, instructions);
    }
}
