using System.Globalization;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>How a program is published, and in what surroundings it runs.</summary>
/// <param name="Name">What it is called in the table that <c>.ci/run</c> prints.</param>
/// <param name="Properties">What <c>dotnet publish</c> is told.</param>
sealed record Form(string Name, params string[] Properties)
{
    const int LongestName = 255;
    const int LongPath = 3600;

    public static Form Plain { get; } = new("self-contained");

    public static Form Trimmed { get; } = new("trimmed", "PublishTrimmed=true");

    public static Form SingleFile { get; } = new("single file", "PublishSingleFile=true");

    public static Form ReadyToRun { get; } = new("ReadyToRun", "PublishReadyToRun=true");

    public static Form CpuClock { get; } = new("processor time") { Environment = [("PROFILERWEAVER_CLOCK", "cpu")] };

    /// <summary>All that linux-x64 is tried in.</summary>
    public static Form[] OfLinux { get; } =
    [
        Plain, Trimmed, SingleFile, ReadyToRun, CpuClock,
        new("single file, extracting", "PublishSingleFile=true", "IncludeAllContentForSelfExtract=true"),
        new("single file, compressed", "PublishSingleFile=true", "EnableCompressionInSingleFile=true"),
        new("composite", "PublishReadyToRun=true", "PublishReadyToRunComposite=true", "PublishTrimmed=true"),
        new("native AOT", "PublishAot=true"),
        new("server GC") { Environment = [("DOTNET_gcServer", "1"), ("DOTNET_GCHeapCount", "2")] },
        new("no tiered compilation") { Environment = [("DOTNET_TieredCompilation", "0")] },
        new("no diagnostics") { Environment = [("DOTNET_EnableDiagnostics", "0")] },
        new("LANG=C, another time zone") { Environment = [("LANG", "C"), ("LC_ALL", "C"), ("TZ", "Pacific/Kiritimati")] },
        // P5.
        new("no home") { Wrapper = ["env", "-u", "HOME"] },
        new("a user without name or home") { Wrapper = [.. Nobody, "env", "-u", "HOME"] },
        new("a path of 3,600 characters") { FolderIn = Deep },
        // Its live file has the longest name that there is.
        new("a name of 250 bytes") { OutputName = new string('n', LongestName - ".prof.live".Length) + ".prof" },
    ];

    /// <summary>The variables it runs with.</summary>
    public (string Name, string Value)[] Environment { get; init; } = [];

    /// <summary>The command that is to start it.</summary>
    public string[] Wrapper { get; init; } = [];

    /// <summary>The folder to run it in, which is to lie in the given one.</summary>
    public Func<string, string> FolderIn { get; init; } = folder => folder;

    /// <summary>The name of the profile.</summary>
    public string OutputName { get; init; } = "Tally.prof";

    public override string ToString() => Name;

    // Only root may become somebody else; in a user namespace everybody is who he says.
    static string[] Nobody => System.Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"]
        : ["unshare", "--user", "--map-user=54321", "--map-group=54321"];

    static string Deep(string folder)
    {
        for (var level = 0; folder.Length < LongPath; level++)
        {
            var name = level.ToString(CultureInfo.InvariantCulture).PadLeft(Math.Min(200, Math.Max(LongPath - folder.Length - 1, 3)), '-');
            folder = Path.Combine(folder, name);
        }
        return folder;
    }
}
