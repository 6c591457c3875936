using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Has each test of a module measured while it runs, until its task completes if it returns one.
/// <code>
/// object test = TestRun.Begin(methodof(Adds), typeof(Tests), this, new object[] { a, b });
/// try { …; result = TestRun.Await(task, test); }     // or any other result, which stays as it is
/// finally { TestRun.End(test); }
/// return result;
/// </code>
/// </summary>
sealed class TestProbe
{
    const string Tasks = "System.Threading.Tasks";

    readonly ModuleDefinition module;
    readonly TypeReference testRun;
    readonly MethodReference begin;
    readonly MethodReference end;

    TestProbe(ModuleDefinition module, AssemblyNameReference host)
    {
        this.module = module;
        var reference = new AssemblyNameReference(host.Name, host.Version) { PublicKeyToken = host.PublicKeyToken };
        module.AssemblyReferences.Add(reference);
        testRun = new TypeReference(RecorderMember.Assembly, TestMember.Type, module, reference);
        var system = module.TypeSystem;
        begin = Method(TestMember.Begin, system.Object, OfSystem("RuntimeMethodHandle"), OfSystem("RuntimeTypeHandle"), system.Object,
            new ArrayType(system.Object));
        end = Method(TestMember.End, system.Void, system.Object);
    }

    /// <summary>Probes the tests of a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="types">Its types, with nested ones.</param>
    /// <param name="host">The path of the library that measures.</param>
    public static void InsertInto(ModuleDefinition module, IEnumerable<TypeDefinition> types, string host)
    {
        var tests = types.SelectMany(type => type.Methods).Where(TestMethods.Contain).ToList();
        if (tests.Count == 0)
            return;
        using var library = ModuleDefinition.ReadModule(host);
        var probe = new TestProbe(module, library.Assembly.Name);
        foreach (var test in tests)
            probe.Insert(test);
    }

    void Insert(MethodDefinition method)
    {
        var body = method.Body;
        body.SimplifyMacros();
        var insertions = new Insertions(body);
        var first = body.Instructions[0];
        var test = Variable(module.TypeSystem.Object);
        var result = method.ReturnType.MetadataType == MetadataType.Void ? null : Variable(method.ReturnType);
        var handler = Instruction.Create(OpCodes.Ldloc, test);
        var last = result is null ? Instruction.Create(OpCodes.Ret) : Instruction.Create(OpCodes.Ldloc, result);
        var returns = 0;
        foreach (var instruction in body.Instructions.ToArray())
        {
            switch (instruction.OpCode.Code)
            {
                // Its frame has to stay.
                case Code.Tail:
                    instruction.Become(Instruction.Create(OpCodes.Nop));
                    break;
                case Code.Ret:
                    returns++;
                    ReplaceReturn(instruction);
                    break;
            }
        }
        FinallyRegion.Add(body, first, handler, returns > 0 ? last : null);
        insertions.Before(first, [.. BeginInstructions(method), Instruction.Create(OpCodes.Stloc, test)]);
        insertions.AtEnd(handler, Instruction.Create(OpCodes.Call, end), Instruction.Create(OpCodes.Endfinally));
        if (returns > 0)
        {
            insertions.AtEnd(last);
            if (result is not null)
                insertions.AtEnd(Instruction.Create(OpCodes.Ret));
        }
        body.InitLocals = true;
        insertions.Apply();
        body.OptimizeMacros();

        VariableDefinition Variable(TypeReference type)
        {
            var variable = new VariableDefinition(type);
            body.Variables.Add(variable);
            return variable;
        }

        void ReplaceReturn(Instruction @return)
        {
            var leave = Instruction.Create(OpCodes.Leave, last);
            if (result is null)
            {
                @return.Become(leave);
                return;
            }
            Instruction[] instead = Await(method.ReturnType) is { } await
                ? [Instruction.Create(OpCodes.Ldloc, test), Instruction.Create(OpCodes.Call, await), Instruction.Create(OpCodes.Stloc, result), leave]
                : [Instruction.Create(OpCodes.Stloc, result), leave];
            @return.Become(instead[0]);
            insertions.After(@return, [.. instead.Skip(1)]);
        }
    }

    IEnumerable<Instruction> BeginInstructions(MethodDefinition method)
    {
        var type = SelfOf(method.DeclaringType);
        yield return Instruction.Create(OpCodes.Ldtoken, SelfOf(method, type));
        yield return Instruction.Create(OpCodes.Ldtoken, type);
        yield return Instruction.Create(method.HasThis && !method.DeclaringType.IsValueType ? OpCodes.Ldarg_0 : OpCodes.Ldnull);
        yield return Instruction.Create(OpCodes.Ldc_I4, method.Parameters.Count);
        yield return Instruction.Create(OpCodes.Newarr, module.TypeSystem.Object);
        for (var i = 0; i < method.Parameters.Count; i++)
        {
            var parameter = method.Parameters[i];
            if (parameter.ParameterType is ByReferenceType or PointerType)
                continue;
            yield return Instruction.Create(OpCodes.Dup);
            yield return Instruction.Create(OpCodes.Ldc_I4, i);
            yield return Instruction.Create(OpCodes.Ldarg, parameter);
            if (parameter.ParameterType.IsValueType || parameter.ParameterType.IsGenericParameter)
                yield return Instruction.Create(OpCodes.Box, parameter.ParameterType);
            yield return Instruction.Create(OpCodes.Stelem_Ref);
        }
        yield return Instruction.Create(OpCodes.Call, begin);
    }

    // The overload for what a test returns; null if nobody awaits that.
    MethodReference? Await(TypeReference type)
    {
        if (type.Namespace != Tasks || type.Name is not ("Task" or "Task`1" or "ValueTask" or "ValueTask`1"))
            return null;
        if (type is not GenericInstanceType generic)
            return Method(TestMember.Await, type, type, module.TypeSystem.Object);
        var method = Method(TestMember.Await, module.TypeSystem.Void, module.TypeSystem.Object);
        var parameter = new GenericParameter(method);
        method.GenericParameters.Add(parameter);
        var ofParameter = generic.ElementType.MakeGenericInstanceType(parameter);
        method.ReturnType = ofParameter;
        method.Parameters.Insert(0, new(ofParameter));
        return new GenericInstanceMethod(method) { GenericArguments = { generic.GenericArguments[0] } };
    }

    static TypeReference SelfOf(TypeDefinition type) =>
        type.HasGenericParameters ? type.MakeGenericInstanceType([.. type.GenericParameters]) : type;

    static MethodReference SelfOf(MethodDefinition method, TypeReference type)
    {
        MethodReference reference = method;
        if (type is GenericInstanceType)
        {
            reference = new(method.Name, method.ReturnType, type) { HasThis = method.HasThis, CallingConvention = method.CallingConvention };
            foreach (var parameter in method.Parameters)
                reference.Parameters.Add(new(parameter.ParameterType));
            foreach (var parameter in method.GenericParameters)
                reference.GenericParameters.Add(new(parameter.Name, reference));
        }
        if (!method.HasGenericParameters)
            return reference;
        var instance = new GenericInstanceMethod(reference);
        foreach (var parameter in method.GenericParameters)
            instance.GenericArguments.Add(parameter);
        return instance;
    }

    TypeReference OfSystem(string name) => new("System", name, module, module.TypeSystem.CoreLibrary, valueType: true);

    MethodReference Method(string name, TypeReference result, params TypeReference[] parameters)
    {
        var method = new MethodReference(name, result, testRun);
        foreach (var parameter in parameters)
            method.Parameters.Add(new(parameter));
        return method;
    }
}
