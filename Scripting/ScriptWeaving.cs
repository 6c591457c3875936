using System.Runtime.CompilerServices;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Scripting;

/// <summary>Weaves the assembly of a script in memory, and lets it use what is not public.</summary>
static class ScriptWeaving
{
    const string AttributeNamespace = "System.Runtime.CompilerServices";
    const string AttributeName = "IgnoresAccessChecksToAttribute";

    /// <summary>The woven assembly of the code.</summary>
    public static Image Weave(CompiledScript script)
    {
        using var resolver = new HostResolver(script.Host);
        using var module = ModuleDefinition.ReadModule(new MemoryStream(script.Code.Assembly), new()
        {
            AssemblyResolver = resolver,
            ReadSymbols = true,
            SymbolStream = new MemoryStream(script.Code.Symbols),
            SymbolReaderProvider = new PortablePdbReaderProvider(),
        });
        // Its statements are there to have their calls seen, as in Python.
        var settings = new WeaverSettings
        {
            AutoStart = false,
            Builtins = BuiltinCalls.All,
            WovenAlong = [.. script.Host.Woven, $"{script.Name}.Variables"],
        };
        MarkStateMachine(module);
        AssemblyWeaving.Weave(module, settings, AssemblyNameReference.Parse(typeof(Recorder).Assembly.FullName));
        IgnoreAccessChecks(module);

        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        module.Write(assembly, new()
        {
            WriteSymbols = true,
            SymbolStream = symbols,
            SymbolWriterProvider = new PortablePdbWriterProvider(),
        });
        return new(assembly.ToArray(), symbols.ToArray());
    }

    // The compiler marks every async method but the one that holds a script's statements.
    static void MarkStateMachine(ModuleDefinition module)
    {
        var script = module.GetType(ScriptCompiler.ClassName);
        var initialize = script.Methods.Single(method => method.Name == "<Initialize>");
        var machine = script.NestedTypes.Single(type => type.Name.StartsWith("<<Initialize>>", StringComparison.Ordinal));
        initialize.CustomAttributes.Add(new(module.ImportReference(
            typeof(AsyncStateMachineAttribute).GetConstructor([typeof(Type)])))
        {
            ConstructorArguments = { new(module.ImportReference(typeof(Type)), machine) },
        });
    }

    // The runtime honours an attribute of this name whoever declares it:
    // [assembly: IgnoresAccessChecksTo("Host")]
    static void IgnoreAccessChecks(ModuleDefinition module)
    {
        var core = module.TypeSystem;
        var attribute = new TypeDefinition(AttributeNamespace, AttributeName, TypeAttributes.NotPublic | TypeAttributes.Sealed,
            module.ImportReference(typeof(Attribute)));
        var constructor = new MethodDefinition(".ctor",
            MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName | MethodAttributes.HideBySig,
            core.Void);
        constructor.Parameters.Add(new("assemblyName", ParameterAttributes.None, core.String));
        var il = constructor.Body.GetILProcessor();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, new MethodReference(".ctor", core.Void, attribute.BaseType) { HasThis = true });
        il.Emit(OpCodes.Ret);
        attribute.Methods.Add(constructor);
        module.Types.Add(attribute);
        foreach (var reference in module.AssemblyReferences.Select(reference => reference.Name).Distinct().ToList())
        {
            module.Assembly.CustomAttributes.Add(new(constructor)
            {
                ConstructorArguments = { new(core.String, reference) },
            });
        }
    }

    sealed class HostResolver(Host host) : BaseAssemblyResolver
    {
        readonly Dictionary<string, AssemblyDefinition> read = new(StringComparer.OrdinalIgnoreCase);

        public override AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
        {
            if (read.TryGetValue(name.Name, out var known))
                return known;
            if (host.FileOf(name.Name) is not { } file)
                throw new AssemblyResolutionException(name);
            parameters.AssemblyResolver = this;
            var assembly = AssemblyDefinition.ReadAssembly(file, parameters);
            read.Add(name.Name, assembly);
            return assembly;
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var assembly in read.Values)
                assembly.Dispose();
            base.Dispose(disposing);
        }
    }
}
