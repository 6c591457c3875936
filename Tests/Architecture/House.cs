namespace ProfilerWeaver.Tests.Architecture;

/// <summary>The rooms of the repository and which may use which, as docs/architecture.md tells it.</summary>
static class House
{
    /// <summary>The assemblies, each with its rooms from the lowest to the highest: a room may use those below it, and all
    /// rooms of the assemblies that are named behind it.</summary>
    static readonly (string Folder, string[] Rooms, string[] MayUse)[] Assemblies =
    [
        ("Contract", [""], []),
        ("Runtime", ["Platform", "Model", "Format", "Recording", "Live", "Api", "Control", "Hosting"], ["Contract"]),
        ("Analysis", ["Operations", "Merging", "Import", "Pstats", "Export", "Differences", "Report", "Gates"], ["Contract", "Runtime"]),
        ("Weaver", ["Settings", "Naming", "Lowering", "Selection", "Emission", ""], ["Contract"]),
        ("build/Tasks", [""], ["Contract", "Weaver"]),
        ("Tool/Files", [""], ["Contract"]),
        ("Tool", ["Terminal", "Targets", "Profiles", "Running", "Reporting", "Watching", "Browsing", "Copies/Store",
            "Copies/Checking", "Copies/Precompiling", "Copies", "Launch", "Verbs/Options", "Verbs", ""], ["Contract", "Weaver", "Runtime", "Analysis", "Fleet", "Tool/Files"]),
        ("Scripting", [""], ["Contract", "Weaver", "Runtime", "Analysis"]),
        ("Store", ["Content", "Places", "Parquet", "Asking", "Writing", "Verbs", ""], ["Contract", "Runtime", "Analysis", "Tool/Files"]),
        ("Fleet", ["Encoding", "Spool", "Destinations", "Sending", ""], ["Contract", "Runtime", "Analysis"]),
        ("AspNetCore", [""], ["Contract", "Runtime", "Analysis", "Fleet"]),
        ("Testing", [""], ["Contract", "Runtime", "Analysis"]),
        ("Testing/Host", [""], ["Contract", "Runtime", "Testing"]),
        ("Testing/Copies", [""], ["Contract"]),
        ("Testing/Platform", [""], ["Contract", "Testing/Copies"]),
        ("Testing/BenchmarkDotNet", [""], ["Contract", "Runtime", "Analysis", "Testing", "Testing/Copies"]),
    ];

    /// <summary>All rooms, as folders of the repository.</summary>
    public static IEnumerable<string> Rooms =>
        Assemblies.SelectMany(assembly => assembly.Rooms.Select(room => Folder(assembly.Folder, room)));

    /// <summary>Why a file may not use another one; null if it may.</summary>
    /// <param name="user">A file's path in the repository.</param>
    /// <param name="used">Another one's.</param>
    public static string? WhyNot(string user, string used)
    {
        var (from, to) = (RoomOf(user), RoomOf(used));
        if (from is null || to is null)
            return $"{(from is null ? user : used)} is in no room that this class knows";
        if (from == to)
            return null;
        var (above, below) = (AssemblyOf(from), AssemblyOf(to));
        if (above.Folder != below.Folder)
        {
            return above.MayUse.Contains(below.Folder)
                ? null
                : $"{user} uses {used}, but {above.Folder} may not use {below.Folder}";
        }
        return Height(above, from) > Height(above, to) ? null : $"{user} uses {used}, but {from} lies below {to}";
    }

    static string? RoomOf(string file)
    {
        var folder = Path.GetDirectoryName(file)!.Replace('\\', '/');
        return Rooms.Contains(folder) ? folder : null;
    }

    static (string Folder, string[] Rooms, string[] MayUse) AssemblyOf(string room) =>
        Assemblies.Single(assembly => assembly.Rooms.Any(own => Folder(assembly.Folder, own) == room));

    static int Height((string Folder, string[] Rooms, string[] MayUse) assembly, string room) =>
        Array.FindIndex(assembly.Rooms, own => Folder(assembly.Folder, own) == room);

    static string Folder(string assembly, string room) => room.Length == 0 ? assembly : assembly + "/" + room;
}
