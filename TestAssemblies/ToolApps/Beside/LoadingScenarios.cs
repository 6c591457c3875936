using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using static Program;

static class LoadingScenarios
{
    public static void A_plugin_in_its_own_context()
    {
        var path = PathOf("plugins/Plugin.dll");
        var context = new PluginContext(path);
        Greet(context.LoadFromAssemblyPath(path));
    }

    public static void A_plugin_by_LoadFrom() => Greet(Assembly.LoadFrom(PathOf("plugins/Plugin.dll")));

    public static void A_plugin_from_bytes()
    {
        var plugin = Assembly.Load(File.ReadAllBytes(PathOf("plugins/Plugin.dll")));
        Print(plugin.Location.Length);
        Print(plugin.GetType("Plugins.Greeter")!.GetMethod("Greet")!.Invoke(null, ["you"]));
    }

    public static void All_assemblies_of_the_folder()
    {
        foreach (var file in Directory.GetFiles(Folder, "*.dll").Order(StringComparer.Ordinal))
        {
            var assembly = Assembly.LoadFrom(file);
            Print($"{assembly.FullName} {assembly.Location}");
        }
        Print(Assembly.LoadFrom(PathOf("Beside.dll")) == typeof(Program).Assembly);
        Print(AssemblyLoadContext.Default.LoadFromAssemblyPath(typeof(Program).Assembly.Location) == typeof(Program).Assembly);
    }

    public static void Identities()
    {
        var assembly = typeof(Program).Assembly;
        Print($"{assembly.FullName} {assembly.ManifestModule.ModuleVersionId} {assembly.EntryPoint}");
        Print(AssemblyName.GetAssemblyName(assembly.Location).FullName);
    }

    public static void A_native_library()
    {
        var library = NativeLibrary.Load("e_sqlite3", typeof(Program).Assembly, null);
        Print(NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out _));
        SQLitePCL.Batteries_V2.Init();
        Print(SQLitePCL.raw.sqlite3_libversion().utf8_to_string());
    }

    public static void The_dependencies_resolver()
    {
        var resolver = new AssemblyDependencyResolver(typeof(Program).Assembly.Location);
        foreach (var name in (string[])["LiteDB", "Beside", "Microsoft.Data.Sqlite"])
            Print(resolver.ResolveAssemblyToPath(new(name)));
    }

    public static void A_dependency_looks_beside_the_program()
    {
        Print(Helper.BesideAssembly.Text(typeof(Program).Assembly, "data.txt"));
        Print(Helper.BesideAssembly.Text(typeof(Helper.BesideAssembly).Assembly, "data.txt"));
    }

    static void Greet(Assembly plugin)
    {
        var greeter = plugin.GetType("Plugins.Greeter")!;
        Print(greeter.GetMethod("Greet")!.Invoke(null, ["you"]));
        Print(greeter.GetMethod("Note")!.Invoke(null, []));
        Print(plugin.Location);
    }

    sealed class PluginContext(string path) : AssemblyLoadContext(isCollectible: true)
    {
        readonly AssemblyDependencyResolver resolver = new(path);

        protected override Assembly? Load(AssemblyName name) =>
            resolver.ResolveAssemblyToPath(name) is { } found ? LoadFromAssemblyPath(found) : null;
    }
}
