using Mono.Cecil;
using Mono.Cecil.Cil;
using ProfilerWeaver.Tests.RealAssemblies;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Tool;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>Behind a return there may be anything, as obfuscators leave it: it does not run, and the JIT does not look at it.</summary>
public class DeadCodeTests
{
    static IEnumerable<TestCaseData> Junk => from body in new[] { "a constant", "a call" }
                                             from code in new[] { OpCodes.Pop, OpCodes.Dup, OpCodes.Add, OpCodes.Ldind_I4, OpCodes.Throw, OpCodes.Endfinally }
                                             select new TestCaseData(body, code);

    [TestCaseSource(nameof(Junk))]
    public void It_takes_from_an_empty_stack_or_ends_no_handler(string body, OpCode code)
    {
        using var temporary = new TemporaryFolder();
        var (original, woven) = (temporary.File("Original.dll"), temporary.File("Woven.dll"));
        using (var module = ModuleDefinition.ReadModule(Path.Combine(WovenAssembly.Folder, "Release", "Scenarios.CSharp.dll")))
        {
            var il = module.GetType("Scenarios.Naming.Order").Methods.Single(method => method.Name == "get_Twice").Body.GetILProcessor();
            il.Clear();
            if (body == "a call")
                il.Emit(OpCodes.Call, module.ImportReference(typeof(GC).GetMethod(nameof(GC.Collect), [])));
            il.Emit(OpCodes.Ldc_I4_3);
            il.Emit(OpCodes.Ret);
            il.Emit(code);
            il.Emit(OpCodes.Ret);
            module.Write(original);
        }

        FileWeaving.Weave(original, woven, new() { AutoStart = false }, typeof(Recorder).Assembly.Location, Sdk.Folders);

        Assert.That(RefusedOf(woven), Is.EqualTo(RefusedOf(original)));
    }

    static IReadOnlyList<string> RefusedOf(string path) =>
        BodyReader.Of(path, [WovenAssembly.Folder, Path.GetDirectoryName(typeof(Recorder).Assembly.Location)!, .. Sdk.Folders]).Refused;
}
