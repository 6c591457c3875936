using System.Reflection;
using System.Runtime.Loader;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Support;

/// <summary>A scenario assembly, woven in the tests and loaded beside them with the same runtime library.</summary>
sealed class WovenAssembly
{
    static readonly Dictionary<(string Name, WeaverSettings Settings), WovenAssembly> Loaded = [];

    readonly Assembly assembly;

    WovenAssembly(Assembly assembly, WeavingReport report)
    {
        this.assembly = assembly;
        Report = report;
    }

    public WeavingReport Report { get; }

    /// <summary>The C# scenarios as compiled in <paramref name="configuration"/>.</summary>
    public static WovenAssembly CSharp(string configuration) => Load($"{configuration}/Scenarios.CSharp.dll");

    /// <summary>The C# scenarios, woven with these settings.</summary>
    public static WovenAssembly CSharp(string configuration, WeaverSettings settings) =>
        Load($"{configuration}/Scenarios.CSharp.dll", settings with { AutoStart = false });

    /// <summary>The F# scenarios as compiled in <paramref name="configuration"/>.</summary>
    public static WovenAssembly FSharp(string configuration) => Load($"{configuration}/Scenarios.FSharp.dll");

    /// <summary>The Visual Basic scenarios as compiled in <paramref name="configuration"/>.</summary>
    public static WovenAssembly VisualBasic(string configuration) => Load($"{configuration}/Scenarios.VisualBasic.dll");

    /// <summary>Where the scenario assemblies lie, a folder for each configuration.</summary>
    public static string Folder => Path.Combine(TestContext.CurrentContext.TestDirectory, "scenarios");

    /// <summary>Calls a static method of the assembly; its exception is thrown as it is.</summary>
    public object? Call(string type, string method, params object?[] arguments) =>
        Method(type, method).Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    /// <summary>A delegate of a static method of the assembly.</summary>
    public T Delegate<T>(string type, string method)
        where T : Delegate => Method(type, method).CreateDelegate<T>();

    /// <summary>Runs a scenario under a profile that measures the scenarios' own time, in milliseconds.</summary>
    public ProfileData Profile(string type, string method, bool subcalls = true, bool builtins = false)
    {
        using var profile = new Profile(Delegate<Func<long>>("Scenarios.Time", "Read"), 0.001, subcalls, builtins);
        var action = Delegate<Action>(type, method);
        profile.Enable();
        action();
        return profile.CreateStats();
    }

    MethodInfo Method(string type, string method) => assembly.GetType(type, throwOnError: true)!.GetMethod(method,
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic) ?? throw new MissingMethodException(type, method);

    // The scenarios know which calls they make: all of them are recorded.
    static WovenAssembly Load(string name) => Load(name, new() { AutoStart = false, Builtins = BuiltinCalls.All });

    static WovenAssembly Load(string name, WeaverSettings settings)
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue((name, settings), out var woven))
                Loaded.Add((name, settings), woven = Weave(name, settings, Loaded.Count));
            return woven;
        }
    }

    static WovenAssembly Weave(string name, WeaverSettings settings, int number)
    {
        var output = Path.Combine(Folder, "woven", $"{number}", name);
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        var runtime = typeof(Recorder).Assembly.Location;
        var report = FileWeaving.Weave(Path.Combine(Folder, name), output, settings, runtime,
            [Path.GetDirectoryName(typeof(object).Assembly.Location)!]);
        return new(LoadBesideTests(output, Path.GetDirectoryName(Path.Combine(Folder, name))!), report);
    }

    // What an assembly references is looked for beside the unwoven one; the runtime library is the tests' own.
    static Assembly LoadBesideTests(string path, string folder)
    {
        var context = new AssemblyLoadContext(path);
        context.Resolving += (_, name) =>
        {
            var candidate = Path.Combine(folder, name.Name + ".dll");
            return File.Exists(candidate) ? context.LoadFromAssemblyPath(candidate) : null;
        };
        return context.LoadFromAssemblyPath(path);
    }
}
