using Mono.Cecil;
using Mono.Cecil.Cil;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>What a probe takes of the stack. How many levels fit is told by <c>Benchmarks -- stack</c>.</summary>
public class StackDepthTests
{
    // Read as an ordinary local, the token would take a register that is saved at each level, besides its slot.
    [Test]
    public void W8_A_probe_takes_one_local_and_the_handler_reads_it_in_its_slot()
    {
        using var module = ModuleDefinition.CreateModule("Deep", ModuleKind.Dll);
        var type = new TypeDefinition("", "Type", TypeAttributes.Class, module.TypeSystem.Object);
        module.Types.Add(type);
        var method = new MethodDefinition("Go", MethodAttributes.Static, module.TypeSystem.Void);
        type.Methods.Add(method);
        var il = method.Body.GetILProcessor();
        il.Emit(OpCodes.Call, method);
        il.Emit(OpCodes.Ret);
        using var runtime = ModuleDefinition.ReadModule(typeof(Recorder).Assembly.Location);

        AssemblyWeaving.Weave(module, new(), runtime.Assembly.Name);

        Assert.That(method.Body.Variables.Select(variable => variable.VariableType.FullName), Is.EqualTo(new[] { "System.IntPtr" }));
        var handler = method.Body.ExceptionHandlers.Single().HandlerStart;
        Assert.That(new[] { handler.OpCode.Code, handler.Next.OpCode.Code, handler.Next.Next.OpCode.Code },
            Is.EqualTo(new[] { Code.Ldloca_S, Code.Volatile, Code.Ldind_I }));
    }
}
