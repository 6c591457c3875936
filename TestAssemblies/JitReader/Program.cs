using System.Reflection;
using System.Runtime.CompilerServices;

namespace JitReader;

/// <summary>
/// Makes the JIT read every method body of an assembly, as nothing else tells whether a body is valid:
/// <c>dotnet JitReader.dll assembly folder…</c>. What the assembly references is looked for in the folders. Prints a line
/// <c>method: exception</c> for each body that was refused, and last how many were read.
/// </summary>
static class Program
{
    const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic |
        BindingFlags.Static | BindingFlags.Instance;

    static int read;

    static void Main(string[] arguments)
    {
        var context = new FolderContext(arguments[1..]);
        foreach (var type in TypesOf(context.LoadFromAssemblyPath(Path.GetFullPath(arguments[0]))))
        {
            var instance = Instantiation.Of(type);
            if (instance is null)
            {
                Console.WriteLine($"{type}: no type arguments fit");
                continue;
            }
            foreach (var method in instance.GetMethods(Declared).Concat<MethodBase>(instance.GetConstructors(Declared)))
                Read(method, instance);
        }
        Console.WriteLine($"{read} bodies read");
        context.Unload();
    }

    static void Read(MethodBase method, Type type)
    {
        try
        {
            if (method.IsAbstract || method.GetMethodBody() is null)
                return;
            if (method is MethodInfo { IsGenericMethodDefinition: true } definition)
            {
                if (Instantiation.Of(definition) is not { } closed)
                {
                    Console.WriteLine($"{type}.{method.Name}: no type arguments fit");
                    return;
                }
                method = closed;
            }
            var arguments = type.GetGenericArguments().Select(argument => argument.TypeHandle);
            if (method.IsGenericMethod)
                arguments = arguments.Concat(method.GetGenericArguments().Select(argument => argument.TypeHandle));
            RuntimeHelpers.PrepareMethod(method.MethodHandle, [.. arguments]);
            read++;
        }
        catch (Exception e)
        {
            Console.WriteLine($"{type}.{method.Name}: {e.GetType().Name}: {e.Message}");
        }
    }

    static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            foreach (var reason in e.LoaderExceptions.OfType<Exception>().Select(reason => reason.Message).Distinct())
                Console.WriteLine($"not loaded: {reason}");
            return e.Types.OfType<Type>();
        }
    }
}
