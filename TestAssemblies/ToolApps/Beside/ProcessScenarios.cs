using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using static Program;

static class ProcessScenarios
{
    public static void Where_it_is()
    {
        Print(AppContext.BaseDirectory);
        Print(AppDomain.CurrentDomain.BaseDirectory);
        Print(typeof(Program).Assembly.Location);
        Print(Assembly.GetEntryAssembly()!.CodeBase);
        Print(Assembly.GetEntryAssembly()!.EscapedCodeBase);
        Print(typeof(Program).Module.FullyQualifiedName);
        Print(string.Join(' ', Environment.GetCommandLineArgs()));
        Print(Path.GetFileName(Environment.ProcessPath));
        Print(AppDomain.CurrentDomain.FriendlyName);
        Print(AppContext.GetData("APP_CONTEXT_DEPS_FILES") is string files ? files.Split(';')[0] : "");
    }

    public static void Paths_of_all_assemblies()
    {
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies().Where(IsOfProgram).OrderBy(a => a.FullName))
            Print(assembly.Location);
        Print(File.GetLastWriteTimeUtc(typeof(Program).Assembly.Location) == File.GetLastWriteTimeUtc(PathOf("Beside.dll")));
    }

    public static void The_environment()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal)
            .Where(name => name.StartsWith("DOTNET", StringComparison.Ordinal) && name != "DOTNET_ROOT"))
            Print(name + "=" + Environment.GetEnvironmentVariable(name));
    }

    public static int It_starts_itself_by_its_path()
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Host() ? [nameof(Child), "a b"] :
            [typeof(Program).Assembly.Location, nameof(Child), "a b"]))!;
        child.WaitForExit();
        return child.ExitCode;
    }

    public static int It_starts_itself_by_its_command_line()
    {
        using var child = Process.Start("dotnet", $"\"{Environment.GetCommandLineArgs()[0]}\" {nameof(Child)} x");
        child.WaitForExit();
        return child.ExitCode;
    }

    public static int It_starts_its_executable()
    {
        var start = new ProcessStartInfo(PathOf("Beside")) { ArgumentList = { nameof(Child), "y" } };
        start.Environment["MARK"] = "1";
        using var child = new Process { StartInfo = start };
        child.Start();
        child.WaitForExit();
        Print($"{start.FileName} {string.Join(' ', start.ArgumentList)} {start.Environment.ContainsKey("DOTNET_ADDITIONAL_DEPS")}");
        return child.ExitCode;
    }

    public static void It_starts_others()
    {
        using var child = Process.Start(new ProcessStartInfo("sh", ["-c", "env | grep DOTNET_ADDITIONAL_DEPS; echo ended"]))!;
        child.WaitForExit();
    }

    public static void It_cannot_start_what_is_not_there()
    {
        Print(FileScenarios.Failure(() => Process.Start(PathOf("missing"))));
        Print(FileScenarios.Failure(() => Process.Start((ProcessStartInfo)null!)));
        Print(FileScenarios.Failure(() => new Process().Start()));
    }

    public static int Child(string[] arguments)
    {
        Print($"child {string.Join('|', arguments)} in {AppContext.BaseDirectory} {Environment.GetEnvironmentVariable("DOTNET_ADDITIONAL_DEPS")}");
        return 7;
    }

    public static int An_exception() => throw new InvalidOperationException("on purpose");

    public static void A_native_call_fails()
    {
        for (var i = 0; i < 1000; i++)
        {
            var result = Access("/no/such/file", 0);
            var error = Marshal.GetLastPInvokeError();
            if (result != -1 || error != 2)
                Print($"{result} {error}");
        }
        Print("the right error");
    }

    public static System.Diagnostics.Process Begin(string scenario) => Process.Start(
        new ProcessStartInfo("dotnet", [PathOf("Beside.dll"), scenario]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;

    [DllImport("libc", EntryPoint = "access", SetLastError = true)]
    static extern int Access([MarshalAs(UnmanagedType.LPStr)] string path, int mode);

    static bool Host() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "Beside";

    static bool IsOfProgram(Assembly assembly) => !assembly.IsDynamic && assembly.GetName().Name is "Beside" or "LiteDB";
}
