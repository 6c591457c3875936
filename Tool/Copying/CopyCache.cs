using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>The woven copies of programs, one for each content and setting. A second run of the same program finds its
/// copy by the times and sizes of the program's files, and weaves nothing.</summary>
static class CopyCache
{
    /// <summary>The variable that names another folder for the copies.</summary>
    public const string Variable = "DOTNET_PROF_CACHE";

    static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>The woven copy of a program; made, if there is none yet.</summary>
    /// <exception cref="ToolException">It cannot be made.</exception>
    public static CachedCopy Get(TargetProgram program, RunArguments run)
    {
        var settings = SettingsText(run);
        var identity = program.Assembly + "|" + settings + "|" + ToolStamp();
        var root = Root();
        var index = Path.Combine(root, "index", Fingerprint.Of(identity).ToString("x16", CultureInfo.InvariantCulture));
        var stamp = Fingerprint.OfFolder(program.Folder).ToString("x16", CultureInfo.InvariantCulture);
        if (IndexEntry.Read(index) is { } known && known.Identity == identity && known.Stamp == stamp
            && IsWhole(known.Folder, program))
            return new(program, known.Folder, known.Notes);
        try
        {
            return Find(program, run, settings, root, index, new(identity, stamp, "", []));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"the woven copy of {program.Name} cannot be made in {root}: {e.Message} Set {Variable} " +
                "to a folder that can be written to.", cause: e);
        }
    }

    static CachedCopy Find(
        TargetProgram program, RunArguments run, string settings, string root, string index, IndexEntry entry)
    {
        var dependencies = DependencyFile.Read(Path.Combine(program.Folder, program.Name + ".deps.json"));
        var choice = AssemblyChoice.Of(program, dependencies, run.Weave);
        var folder = Path.Combine(root, "copies", $"{program.Name}-{ContentKey(program, settings, choice)}");
        IReadOnlyList<string> notes = [];
        if (IsWhole(folder, program))
        {
            FolderLinks.Complete(program.Folder, folder);
            notes = IndexEntry.Read(index)?.Notes ?? [];
        }
        else
        {
            RemoveOld(root);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            notes = Make(program, run, choice, dependencies, folder);
        }
        (entry with { Folder = folder, Notes = notes }).Write(index);
        return new(program, folder, notes);
    }

    // Whoever cleans up may have removed its files one by one.
    static bool IsWhole(string folder, TargetProgram program) =>
        File.Exists(Path.Combine(folder, Path.GetFileName(program.Assembly)));

    // Others may be making the same copy: the first one to finish has made it.
    static List<string> Make(
        TargetProgram program, RunArguments run, AssemblyChoice choice, DependencyFile? dependencies, string folder)
    {
        var temporary = $"{folder}.{Guid.NewGuid():N}";
        try
        {
            var copy = new WovenCopy(program, temporary, Settings(run));
            copy.Make(choice, dependencies);
            if (!Directory.Exists(folder))
                Directory.Move(temporary, folder);
            return copy.Notes;
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            return [];
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }

    static WeaverSettings Settings(RunArguments run) => new()
    {
        Builtins = run.Builtins,
        Subcalls = run.Subcalls,
        Include = run.Include,
        Exclude = run.Exclude,
        MinimumInstructions = run.MinimumInstructions,
    };

    static string SettingsText(RunArguments run) => string.Join(';', run.Weave) + "|" + string.Join(';', run.Include) + "|" +
        string.Join(';', run.Exclude) + "|" + Text(run.MinimumInstructions) + "|" + run.Builtins + "|" + run.Subcalls;

    // Another weaver weaves otherwise.
    static string ToolStamp()
    {
        var weaver = new FileInfo(Path.Combine(ManagedTool.Folder, "ProfilerWeaver.Fody.dll"));
        var runtime = new FileInfo(RuntimeLibrary.OfThisMachine);
        return Stamp(weaver) + ":" + Stamp(runtime);

        static string Stamp(FileInfo file) => Text(file.LastWriteTimeUtc.Ticks) + ":" + Text(file.Length);
    }

    // Not by interpolation, which takes its buffers from a pool: for the pool's sake .NET would find out first how fast
    // the processor tells its number, a quarter of a millisecond of each start.
    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string ContentKey(TargetProgram program, string settings, AssemblyChoice choice)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add($"{program.Folder}|{settings}|{ToolStamp()}");
        // What is not woven is looked at too: references are followed into it.
        var files = Directory.GetFiles(program.Folder)
            .Where(file => Fingerprint.IsInput(Path.GetFileName(file)))
            .Union(choice.Paths.Select(path => Path.Combine(program.Folder, path)))
            .Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            Add(file);
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }

    static string Root()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            return Path.GetFullPath(chosen);
        // Also when it does not exist: nothing would be the folder where we are.
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var caches = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder ? folder
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
            : Path.Combine(home, ".cache");
        return Path.Combine(caches, "dotnet-prof");
    }

    // A copy is used as long as its program is not changed; what nobody has asked for in a month is left over.
    static void RemoveOld(string root)
    {
        var index = new DirectoryInfo(Path.Combine(root, "index"));
        var copies = new DirectoryInfo(Path.Combine(root, "copies"));
        if (!index.Exists || !copies.Exists)
            return;
        var oldest = DateTime.UtcNow - Lifetime;
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in index.EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < oldest)
                file.Delete();
            else if (IndexEntry.Read(file.FullName) is { } entry)
                used.Add(entry.Folder);
        }
        foreach (var copy in copies.EnumerateDirectories())
        {
            if (!used.Contains(copy.FullName) && copy.LastWriteTimeUtc < oldest)
                copy.Delete(recursive: true);
        }
    }
}

/// <summary>A woven copy, ready to run.</summary>
/// <param name="Original">The program that it is a copy of.</param>
/// <param name="Folder">Where it is.</param>
/// <param name="Notes">What the user should know about it, a line each.</param>
sealed record CachedCopy(TargetProgram Original, string Folder, IReadOnlyList<string> Notes)
{
    public string Assembly => Path.Combine(Folder, Path.GetFileName(Original.Assembly));

    /// <summary>The executable to start it with; null: that of .NET itself.</summary>
    public string? Host => Original.Host is { } host ? Path.Combine(Folder, Path.GetFileName(host)) : null;
}
