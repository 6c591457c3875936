using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Benchmarks;

/// <summary>An assembly of workloads twice in this process: as it was compiled, and woven.</summary>
sealed class Copies
{
    readonly Assembly unwoven;
    readonly Assembly woven;

    Copies(Assembly unwoven, Assembly woven)
    {
        this.unwoven = unwoven;
        this.woven = woven;
    }

    /// <summary>The workloads that are written in C#.</summary>
    public static Copies OfWorkloads()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Workloads.dll");
        using var module = ModuleDefinition.ReadModule(path);
        return Of(module);
    }

    /// <summary>The <c>Main</c> of a program that is woven.</summary>
    public static Action<string[]> OfProgram(string path)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(path));
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        using var module = ModuleDefinition.ReadModule(path, new() { AssemblyResolver = resolver });
        var main = Of(module).woven.EntryPoint!;
        return arguments => main.Invoke(null, [arguments]);
    }

    /// <summary>A class <c>Callees</c> whose method <c>Run</c> calls <paramref name="count"/> empty methods in
    /// turn.</summary>
    public static Copies OfCallees(int count)
    {
        var name = "Callees" + count;
        using var assembly = AssemblyDefinition.CreateAssembly(new(name, new(1, 0)), name, ModuleKind.Dll);
        var module = assembly.MainModule;
        var type = new TypeDefinition("", "Callees", Mono.Cecil.TypeAttributes.Public | Mono.Cecil.TypeAttributes.Abstract
            | Mono.Cecil.TypeAttributes.Sealed, module.TypeSystem.Object);
        module.Types.Add(type);
        var run = Add("Run");
        run.Parameters.Add(new(module.TypeSystem.Int32));
        var il = run.Body.GetILProcessor();
        var condition = il.Create(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Br, condition);
        var loop = il.Create(OpCodes.Nop);
        il.Append(loop);
        for (var i = 0; i < count; i++)
        {
            var callee = Add("M" + i);
            callee.NoInlining = true;
            callee.Body.GetILProcessor().Emit(OpCodes.Ret);
            il.Emit(OpCodes.Call, callee);
        }
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, count);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Starg_S, run.Parameters[0]);
        il.Append(condition);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Bgt, loop);
        il.Emit(OpCodes.Ret);
        return Of(module);

        MethodDefinition Add(string name)
        {
            var method = new MethodDefinition(name, Mono.Cecil.MethodAttributes.Public | Mono.Cecil.MethodAttributes.Static,
                module.TypeSystem.Void);
            type.Methods.Add(method);
            return method;
        }
    }

    /// <summary>The same static method of both copies; its argument is the number of calls to make.</summary>
    public (Action<int> Unwoven, Action<int> Woven) Method(string type, string name) =>
        (Delegate<Action<int>>(unwoven, type, name), Delegate<Action<int>>(woven, type, name));

    /// <summary>The same static method of both copies, which returns a number.</summary>
    public (Func<int> Unwoven, Func<int> Woven) Function(string type, string name) =>
        (Delegate<Func<int>>(unwoven, type, name), Delegate<Func<int>>(woven, type, name));

    /// <summary>The parts of a program of both copies.</summary>
    public (IReadOnlyList<Part> Unwoven, IReadOnlyList<Part> Woven) Parts(string type) => (Parts(unwoven, type), Parts(woven, type));

    static List<Part> Parts(Assembly assembly, string type)
    {
        var parts = (IEnumerable)assembly.GetType(type, throwOnError: true)!.GetProperty("Parts")!.GetValue(null)!;
        return [.. parts.Cast<object>().Select(part => new Part(Value<string>(part, "Method"), Value<int>(part, "Calls"), Value<Action<int>>(part, "Run")))];
    }

    // Each copy has a type of its own for the same thing.
    static T Value<T>(object instance, string property) => (T)instance.GetType().GetProperty(property)!.GetValue(instance)!;

    static T Delegate<T>(Assembly assembly, string type, string name)
        where T : Delegate => assembly.GetType(type, throwOnError: true)!.GetMethod(name)!.CreateDelegate<T>();

    static Copies Of(ModuleDefinition module)
    {
        var unwoven = Load(module, "unwoven");
        using var runtime = ModuleDefinition.ReadModule(typeof(Recorder).Assembly.Location);
        AssemblyWeaving.Weave(module, new() { AutoStart = false, Exclude = ["Callees.Run"] }, runtime.Assembly.Name);
        return new(unwoven, Load(module, "woven"));
    }

    static Assembly Load(ModuleDefinition module, string context)
    {
        using var image = new MemoryStream();
        module.Write(image);
        image.Position = 0;
        return new AssemblyLoadContext(context).LoadFromStream(image);
    }
}

/// <summary>A method of a program, and how to call it some times.</summary>
sealed record Part(string Method, int Calls, Action<int> Run);
