using System.Reflection;

// Does what programs do with the files beside them. The first argument says what; what is printed must not depend on who runs
// the program, nor on where it lies, which is written as {folder}.
static class Program
{
    static readonly Type[] Scenarios = [typeof(FileScenarios), typeof(DatabaseScenarios), typeof(HostingScenarios),
        typeof(ProcessScenarios), typeof(LoadingScenarios), typeof(CompletionScenarios)];

    public static string Folder { get; } = AppContext.BaseDirectory;

    static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["list"])
        {
            foreach (var method in Scenarios.SelectMany(Methods))
                Console.WriteLine(method.Name);
            return 0;
        }
        var scenario = Scenarios.SelectMany(Methods).Single(method => method.Name == arguments[0]);
        switch (scenario.Invoke(null, scenario.GetParameters().Length == 0 ? [] : [arguments[1..]]))
        {
            case Task<int> code:
                return await code;
            case Task task:
                await task;
                return 0;
            case int code:
                return code;
            default:
                return 0;
        }
    }

    public static string PathOf(string file) => Path.Combine(Folder, file);

    public static void Print(object? value)
    {
        var text = $"{value}".Replace(Folder, "{folder}/", StringComparison.Ordinal)
            .Replace(Path.TrimEndingDirectorySeparator(Folder), "{folder}", StringComparison.Ordinal);
        Console.WriteLine(text);
    }

    static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
}
