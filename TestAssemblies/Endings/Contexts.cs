using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Scenarios;

/// <summary>Loads the program a second time.</summary>
static class Contexts
{
    public static int RunSecond()
    {
        Run(new AssemblyLoadContext("second"));
        return 0;
    }

    public static int RunSecondWithLibraries()
    {
        Run(new OwnLibraries());
        return 0;
    }

    public static int Unload()
    {
        var context = RunAndUnload();
        for (var i = 0; i < 20 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Console.WriteLine(context.IsAlive ? "still loaded" : "unloaded");
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static WeakReference RunAndUnload()
    {
        var context = new AssemblyLoadContext("plugin", isCollectible: true);
        Run(context);
        context.Unload();
        return new(context);
    }

    static void Run(AssemblyLoadContext context) => context
        .LoadFromAssemblyPath(Assembly.GetExecutingAssembly().Location)
        .GetType("Scenarios.Work", throwOnError: true)!
        .GetMethod("Do")!.Invoke(null, null);

    sealed class OwnLibraries() : AssemblyLoadContext("own libraries")
    {
        protected override Assembly? Load(AssemblyName name) => name.Name == "ProfilerWeaver"
            ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "ProfilerWeaver.dll"))
            : null;
    }
}
