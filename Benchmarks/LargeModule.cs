using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Benchmarks;

/// <summary>Modules with much of one thing, as a compiler would write them.</summary>
sealed class LargeModule
{
    readonly ModuleDefinition module = ModuleDefinition.CreateModule("Large", ModuleKind.Dll);
    readonly MethodReference external;
    readonly MethodReference attribute;
    readonly TypeReference machineInterface;

    LargeModule()
    {
        external = module.ImportReference(typeof(Console).GetMethod(nameof(Console.WriteLine), [typeof(int)]));
        attribute = module.ImportReference(typeof(System.Runtime.CompilerServices.AsyncStateMachineAttribute).GetConstructor([typeof(Type)]));
        machineInterface = module.ImportReference(typeof(System.Runtime.CompilerServices.IAsyncStateMachine));
    }

    /// <summary>One method with so many statements, a tenth of them in a region of its own.</summary>
    public static byte[] OfStatements(int count)
    {
        var large = new LargeModule();
        var il = Method(large.Type("Type"), "Method").Body.GetILProcessor();
        for (var i = 0; i < count; i++)
            large.Statement(il, i, isProtected: i % 10 == 0);
        il.Emit(OpCodes.Ret);
        return large.Image();
    }

    /// <summary>One type with so many methods, properties, lambdas and async methods.</summary>
    public static byte[] OfMembers(int count)
    {
        var large = new LargeModule();
        var type = large.Type("Type");
        var closure = large.Nested(type, "<>c");
        for (var i = 0; i < count; i++)
        {
            large.Body(Method(type, $"M{i}"), i);
            var getter = Method(type, $"get_P{i}");
            getter.IsGetter = true;
            large.Body(getter, i);
            type.Properties.Add(new($"P{i}", PropertyAttributes.None, large.module.TypeSystem.Void) { GetMethod = getter });
            large.Body(Method(closure, $"<M{i}>b__0"), i);
            large.AddAsync(type, i);
        }
        return large.Image();
    }

    /// <summary>So many types with a method each.</summary>
    public static byte[] OfTypes(int count)
    {
        var large = new LargeModule();
        for (var i = 0; i < count; i++)
            large.Body(Method(large.Type($"T{i}"), "M"), i);
        return large.Image();
    }

    void AddAsync(TypeDefinition type, int i)
    {
        var machine = Nested(type, $"<A{i}>d__{i}");
        machine.Interfaces.Add(new(machineInterface));
        var next = Method(machine, "MoveNext");
        next.IsStatic = false;
        next.HasThis = true;
        Body(next, i);
        var start = Method(type, $"A{i}");
        start.CustomAttributes.Add(new(attribute)
        {
            ConstructorArguments = { new(module.ImportReference(typeof(Type)), machine) },
        });
        Body(start, i);
    }

    TypeDefinition Type(string name)
    {
        var type = new TypeDefinition("Large", name, TypeAttributes.Class | TypeAttributes.Public, module.TypeSystem.Object);
        module.Types.Add(type);
        return type;
    }

    TypeDefinition Nested(TypeDefinition type, string name)
    {
        var nested = new TypeDefinition("", name, TypeAttributes.Class | TypeAttributes.NestedPrivate, module.TypeSystem.Object);
        type.NestedTypes.Add(nested);
        return nested;
    }

    static MethodDefinition Method(TypeDefinition type, string name)
    {
        var method = new MethodDefinition(name, MethodAttributes.Static | MethodAttributes.Public, type.Module.TypeSystem.Void);
        type.Methods.Add(method);
        return method;
    }

    void Body(MethodDefinition method, int number)
    {
        var il = method.Body.GetILProcessor();
        Statement(il, number, isProtected: false);
        il.Emit(OpCodes.Ret);
    }

    // Console.WriteLine(number);   or   try { Console.WriteLine(number); } finally { }
    void Statement(ILProcessor il, int number, bool isProtected)
    {
        var first = il.Create(OpCodes.Ldc_I4, number);
        il.Append(first);
        il.Emit(OpCodes.Call, external);
        if (!isProtected)
            return;
        var (handler, end) = (il.Create(OpCodes.Endfinally), il.Create(OpCodes.Nop));
        il.Emit(OpCodes.Leave, end);
        il.Append(handler);
        il.Append(end);
        il.Body.ExceptionHandlers.Add(new(ExceptionHandlerType.Finally)
        {
            TryStart = first,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = end,
        });
    }

    byte[] Image()
    {
        using var image = new MemoryStream();
        module.Write(image);
        module.Dispose();
        return image.ToArray();
    }
}
