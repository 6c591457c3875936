using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>A woven assembly can be unloaded, as a plug-in is, and what was recorded of it stays.</summary>
[NonParallelizable]
public class UnloadingTests
{
    [TestCase("Debug")]
    [TestCase("Release")]
    public void A_woven_assembly_is_unloaded_and_its_profile_stays(string configuration)
    {
        using var profile = new Profile();
        profile.Enable();
        var context = RunAndUnload(CorpusAssembly.Woven(configuration, builtins: true).Path);
        for (var i = 0; i < 20 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(context.IsAlive, Is.False, "something holds the assembly");
        Assert.That(profile.CreateStats().Methods.Select(method => method.Name),
            Has.Some.EqualTo("Scenarios.Corpus.Iterators.Disposed_early"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static WeakReference RunAndUnload(string path)
    {
        var context = new AssemblyLoadContext("unloaded", isCollectible: true);
        var assembly = context.LoadFromAssemblyPath(path);
        Run(assembly, "Iterators", "Disposed_early");
        Run(assembly, "Generics", "Nested_generic_types");
        Run(assembly, "AsyncMethods", "Early_returns");
        Run(assembly, "AsyncStreams", "Disposed_early");
        Run(assembly, "Threading", "Thread_statics");
        context.Unload();
        return new(context);
    }

    static void Run(Assembly assembly, string type, string method)
    {
        var body = assembly.GetType($"Scenarios.Corpus.{type}", throwOnError: true)!.GetMethod(method)!;
        if (body.Invoke(null, null) is Task task)
            task.GetAwaiter().GetResult();
    }
}
