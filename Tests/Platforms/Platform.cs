using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>What programs run on, and how they are started there on a machine with Linux for x64.</summary>
/// <param name="Name">What it is called in the table that <c>.ci/run</c> prints.</param>
/// <param name="RuntimeIdentifier">What programs are published for; null for .NET Framework.</param>
/// <param name="Framework">The target framework.</param>
sealed record Platform(string Name, string? RuntimeIdentifier = null, string Framework = "net10.0")
{
    static readonly TemporaryFolder Folder = new();

    static readonly Lazy<string> Musl = new(MakeMusl);
    static readonly Lazy<string> Wine = new(MakeWine);

    public static Platform Linux { get; } = new("linux-x64", "linux-x64");

    public static Platform Linux9 { get; } = Linux with { Name = "linux-x64 .NET 9", Framework = "net9.0" };

    public static Platform Linux8 { get; } = Linux with { Name = "linux-x64 .NET 8", Framework = "net8.0" };

    public static Platform Arm64 { get; } = new("linux-arm64 (qemu)", "linux-arm64")
    {
        Loader = ["qemu-aarch64-static"],
        MakeEnvironment = () => [("QEMU_LD_PREFIX", "/usr/aarch64-linux-gnu")],
    };

    /// <summary>Where the kernel says that it keeps time by the processor's counter, the recorder may.</summary>
    public static Platform Arm64WithCounter { get; } = Arm64 with { MakeEnvironment = () => [("QEMU_LD_PREFIX", MakeRootWithCounter())] };

    public static Platform MuslLinux { get; } = new("linux-musl-x64", "linux-musl-x64")
    {
        MakeEnvironment = () => [("LD_PRELOAD", Path.Combine(Musl.Value, "libmusl.so")), ("LD_LIBRARY_PATH", Musl.Value)],
    };

    public static Platform Windows { get; } = new("win-x64 (Wine)", "win-x64")
    {
        Loader = ["wine"],
        // Wine 8 cannot map memory twice, once to be written and once to be executed.
        MakeEnvironment = () => [.. WineEnvironment(Wine.Value), ("DOTNET_EnableWriteXorExecute", "0")],
    };

    public static Platform Mono { get; } = new("net472 (Mono)", Framework: "net472") { Loader = ["mono"] };

    /// <summary>Nothing of it runs on Linux.</summary>
    public static Platform Mac { get; } = new("osx-arm64 (only compiled)", "osx-arm64");

    string[] Loader { get; init; } = [];

    // Made when it is used.
    Func<(string Name, string Value)[]> MakeEnvironment { get; init; } = () => [];

    /// <summary>The command that starts a program.</summary>
    public string[] Command(string program) => [.. Loader, program];

    /// <summary>The variables that programs need there.</summary>
    public IEnumerable<(string Name, string Value)> Environment => MakeEnvironment();

    /// <summary>Ends what serves the programs, and removes what was made for them.</summary>
    public static void CleanUp()
    {
        if (Wine.IsValueCreated)
        {
            // Fails if it has ended already.
            CommandLine.Run("wineserver", Path.GetTempPath(), ["-k"], [.. WineEnvironment(Wine.Value)]);
        }
        Folder.Dispose();
    }

    public override string ToString() => Name;

    static string MakeRootWithCounter()
    {
        var root = Path.Combine(Folder.Location, "arm64");
        var clock = Path.Combine(root, "sys/devices/system/clocksource/clocksource0");
        if (!Directory.Exists(clock))
        {
            Directory.CreateDirectory(clock);
            File.WriteAllText(Path.Combine(clock, "current_clocksource"), "arch_sys_counter\n");
            Directory.CreateSymbolicLink(Path.Combine(root, "lib"), "/usr/aarch64-linux-gnu/lib");
        }
        return root;
    }

    // .NET needs two libraries of GCC's, and Debian's are not for musl.
    static string MakeMusl()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder.Location, "musl")).FullName;
        Tools.Run("musl-gcc", ["-O2", "-fPIC", "-shared", "-o", Path.Combine(folder, "libmusl.so"), Tools.Source("musl.c")]);
        Tools.Run("musl-gcc", ["-shared", "-Wl,-soname,ld-linux-x86-64.so.2", "-o", Path.Combine(folder, "ld-linux-x86-64.so.2"),
            "-x", "c", "/dev/null"]);
        foreach (var library in new[] { "libstdc++.so.6", "libgcc_s.so.1" })
            File.Copy(Path.Combine("/usr/lib/x86_64-linux-gnu", library), Path.Combine(folder, library));
        return folder;
    }

    static string MakeWine()
    {
        var prefix = Path.Combine(Folder.Location, "wine");
        Tools.Run("wine", ["wineboot", "-i"], [.. WineEnvironment(prefix)]);
        return prefix;
    }

    static (string Name, string Value)[] WineEnvironment(string prefix) =>
        [("WINEPREFIX", prefix), ("WINEDEBUG", "-all"), ("DISPLAY", "")];
}
