using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ProfilerWeaver.Tool;

/// <summary>Makes the JIT read every method body of an assembly, as nothing else tells whether a body is valid. Nothing of
/// the assembly is run.</summary>
[RequiresUnreferencedCode(TakesJit), RequiresDynamicCode(TakesJit)]
sealed class BodyReader
{
    /// <summary>What the native compiler is told.</summary>
    public const string TakesJit = "Assemblies are loaded and compiled.";

    const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic |
        BindingFlags.Static | BindingFlags.Instance;

    readonly List<string> refused = [];
    readonly List<string> unread = [];

    BodyReader()
    {
    }

    /// <summary>How many bodies were read.</summary>
    public int Read { get; private set; }

    /// <summary>The methods whose bodies were refused, each with the reason.</summary>
    public IReadOnlyList<string> Refused => refused;

    /// <summary>The generic types and methods that were not read because no type arguments were found.</summary>
    public IReadOnlyList<string> Unread => unread;

    /// <summary>Reads an assembly.</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="folders">Where to look for what it references.</param>
    public static BodyReader Of(string path, IEnumerable<string> folders)
    {
        var reader = new BodyReader();
        var context = new FolderContext([.. folders]);
        foreach (var type in reader.TypesOf(context.LoadFromAssemblyPath(Path.GetFullPath(path))))
        {
            if (Instantiation.Of(type) is not { } instance)
            {
                reader.unread.Add($"{type}: no suitable type arguments");
                continue;
            }
            foreach (var method in instance.GetMethods(Declared).Concat<MethodBase>(instance.GetConstructors(Declared)))
                reader.ReadBody(method, instance);
        }
        context.Unload();
        return reader;
    }

    void ReadBody(MethodBase method, Type type)
    {
        try
        {
            if (method.IsAbstract || method.GetMethodBody() is null)
                return;
            if (method is MethodInfo { IsGenericMethodDefinition: true } definition)
            {
                if (Instantiation.Of(definition) is not { } closed)
                {
                    unread.Add($"{type}.{method.Name}: no suitable type arguments");
                    return;
                }
                method = closed;
            }
            var arguments = type.GetGenericArguments().Select(argument => argument.TypeHandle);
            if (method.IsGenericMethod)
                arguments = arguments.Concat(method.GetGenericArguments().Select(argument => argument.TypeHandle));
            RuntimeHelpers.PrepareMethod(method.MethodHandle, [.. arguments]);
            Read++;
        }
        catch (Exception e)
        {
            refused.Add($"{type}.{method.Name}: {e.GetType().Name}: {e.Message}");
        }
    }

    IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            refused.AddRange(e.LoaderExceptions.OfType<Exception>().Select(reason => "not loaded: " + reason.Message).Distinct());
            return e.Types.OfType<Type>();
        }
    }
}
