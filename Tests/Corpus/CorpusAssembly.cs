using System.Reflection;
using System.Runtime.Loader;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>The corpus as a compiler made it, or woven in some way, in a load context of its own.</summary>
sealed class CorpusAssembly
{
    const string FileName = "Scenarios.Corpus.dll";

    static readonly Dictionary<string, CorpusAssembly> Loaded = [];

    CorpusAssembly(string path)
    {
        Path = path;
        Context = new NeighbourContext(path);
        Assembly = Context.LoadFromAssemblyPath(path);
    }

    public string Path { get; }

    public Assembly Assembly { get; }

    public AssemblyLoadContext Context { get; }

    /// <summary>The methods to run: public, static, without parameters, and with a text as result.</summary>
    public IEnumerable<MethodInfo> Cases =>
        from type in Assembly.GetExportedTypes()
        where type.IsAbstract && type.IsSealed
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.GetParameters().Length == 0
            && (method.ReturnType == typeof(string) || method.ReturnType == typeof(Task<string>))
        select method;

    public static CorpusAssembly Original(string configuration) => Get($"{configuration} original", () =>
        System.IO.Path.Combine(AppContext.BaseDirectory, "scenarios", configuration, FileName));

    public static CorpusAssembly Woven(string configuration, bool builtins) =>
        Woven(configuration, builtins, typeof(Recorder).Assembly.Location);

    /// <summary>Woven to call a recorder that tolerates nothing.</summary>
    public static CorpusAssembly WovenStrictly(string configuration, bool builtins) => Woven(configuration, builtins,
        System.IO.Path.Combine(AppContext.BaseDirectory, "scenarios", configuration, "Scenarios.StrictRecorder.dll"));

    /// <summary>Runs a case; one that hangs fails.</summary>
    public string Run(string type, string method)
    {
        var body = Assembly.GetType(type, throwOnError: true)!.GetMethod(method)!;
        return Task.Run(async () => body.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null) switch
        {
            Task<string> task => await task,
            var text => (string)text!,
        }).WaitAsync(TimeSpan.FromMinutes(1)).GetAwaiter().GetResult();
    }

    static CorpusAssembly Woven(string configuration, bool builtins, string recorder)
    {
        var recorderName = System.IO.Path.GetFileNameWithoutExtension(recorder);
        var name = $"{configuration} {(builtins ? "builtins" : "plain")} {recorderName}";
        return Get(name, () =>
        {
            var folder = System.IO.Path.Combine(AppContext.BaseDirectory, "corpus", name.Replace(' ', '-'));
            Directory.CreateDirectory(folder);
            foreach (var old in Directory.GetFiles(folder))
                File.Delete(old);
            var output = System.IO.Path.Combine(folder, FileName);
            var settings = new WeaverSettings { AutoStart = false, Builtins = builtins ? BuiltinCalls.All : BuiltinCalls.None };
            FileWeaving.Weave(Original(configuration).Path, output, settings, recorder,
                [System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!]);
            if (recorder != typeof(Recorder).Assembly.Location)
                File.Copy(recorder, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(recorder)));
            return output;
        });
    }

    static CorpusAssembly Get(string name, Func<string> make)
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue(name, out var assembly))
                Loaded.Add(name, assembly = new(make()));
            return assembly;
        }
    }

    /// <summary>Takes what lies beside the assembly from there, and the rest from the tests.</summary>
    sealed class NeighbourContext(string path) : AssemblyLoadContext(System.IO.Path.GetDirectoryName(path))
    {
        protected override Assembly? Load(AssemblyName name)
        {
            var neighbour = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, name.Name + ".dll");
            return name.Name!.StartsWith("Scenarios.", StringComparison.Ordinal) && File.Exists(neighbour)
                ? LoadFromAssemblyPath(neighbour)
                : null;
        }
    }
}
