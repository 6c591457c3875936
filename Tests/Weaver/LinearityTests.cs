using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>What is done for each instruction or method must not go through all the others. How long weaving takes is told
/// by <c>Benchmarks -- weaving</c>.</summary>
public class LinearityTests
{
    static readonly string[] MovesWhatIsBehind =
        ["Insert", "InsertBefore", "InsertAfter", "InsertRange", "IndexOf", "Remove", "RemoveAt", "Replace"];

    [Test]
    public void W6_Nothing_is_inserted_into_bodies_one_by_one()
    {
        using var weaver = ModuleDefinition.ReadModule(typeof(AssemblyWeaving).Assembly.Location);

        var calls = from method in weaver.GetAllTypes().SelectMany(type => type.Methods)
                    where method.HasBody
                    from instruction in method.Body.Instructions
                    let called = instruction.Operand as MethodReference
                    where called is not null && MovesWhatIsBehind.Contains(called.Name)
                        && (called.DeclaringType.Name == nameof(ILProcessor)
                            || called.DeclaringType.FullName.Contains("<Mono.Cecil.Cil.", StringComparison.Ordinal))
                    select $"{method.FullName} calls {called.FullName}";

        Assert.That(calls, Is.Empty);
    }

    // A statement in ten lies in a region of its own.
    [Test]
    public void W6_A_body_of_many_statements_has_all_of_its_probes()
    {
        const int Statements = 20_000;
        using var module = ModuleDefinition.CreateModule("Large", ModuleKind.Dll);
        var body = AddMethod(module).Body;
        var il = body.GetILProcessor();
        var call = module.ImportReference(typeof(Console).GetMethod("WriteLine", [typeof(int)]));
        for (var i = 0; i < Statements; i++)
        {
            var first = il.Create(OpCodes.Ldc_I4, i);
            il.Append(first);
            il.Emit(OpCodes.Call, call);
            if (i % 10 == 0)
                Catch(il, first, module.ImportReference(typeof(Exception)));
        }
        il.Emit(OpCodes.Ret);
        using var runtime = ModuleDefinition.ReadModule(typeof(Recorder).Assembly.Location);

        AssemblyWeaving.Weave(module, new(), runtime.Assembly.Name);

        Assert.That(body.Instructions.Count(instruction => IsCall(instruction, "EnterExternal")), Is.EqualTo(Statements));
        Assert.That(body.Instructions.Count(instruction => IsCall(instruction, "Exit")), Is.EqualTo(Statements + 1));
        Assert.That(body.Instructions.Count(instruction => IsCall(instruction, "Catch")), Is.EqualTo(Statements / 10));
        Assert.That(body.ExceptionHandlers.SkipLast(1).All(region => IsCall(region.HandlerStart!.Next!, "Catch")));
    }

    static MethodDefinition AddMethod(ModuleDefinition module)
    {
        var type = new TypeDefinition("", "Type", TypeAttributes.Class, module.TypeSystem.Object);
        var method = new MethodDefinition("Method", MethodAttributes.Static, module.TypeSystem.Void);
        module.Types.Add(type);
        type.Methods.Add(method);
        return method;
    }

    // try { … } catch (Exception) { }
    static void Catch(ILProcessor il, Instruction first, TypeReference exception)
    {
        var (handler, end) = (il.Create(OpCodes.Pop), il.Create(OpCodes.Nop));
        il.Emit(OpCodes.Leave, end);
        il.Append(handler);
        il.Emit(OpCodes.Leave, end);
        il.Append(end);
        il.Body.ExceptionHandlers.Add(new(ExceptionHandlerType.Catch)
        {
            TryStart = first,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = end,
            CatchType = exception,
        });
    }

    static bool IsCall(Instruction instruction, string name) =>
        instruction.Operand is MethodReference { DeclaringType.FullName: "ProfilerWeaver.Recorder" } called && called.Name == name;
}
