using ProfilerWeaver;

namespace Scenarios;

/// <summary>Uses of the profile while the program runs.</summary>
static class Profiling
{
    public static int Snapshot()
    {
        var profile = Profile.Current!;
        Print(profile.SnapshotStats());
        Work.Do();
        Print(profile.SnapshotStats());
        return 0;
    }

    public static int Dump(string path)
    {
        Profile.Current!.DumpStats(path);
        Work.Do();
        Console.WriteLine(Profile.Current is null);
        return 0;
    }

    public static int Disable()
    {
        var profile = Profile.Current!;
        profile.Disable();
        Work.Do();
        Console.WriteLine(Profile.Current is null);
        profile.Enable();
        Work.Step();
        return 0;
    }

    public static int DisableAndKill()
    {
        Disable();
        Work.Step();
        return Ending.Kill();
    }

    public static int Clear()
    {
        Profile.Current!.Clear();
        Profile.Current.Disable();
        return 0;
    }

    public static int EnableSecond()
    {
        try
        {
            new Profile(Clock.None).Enable();
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine(e.Message);
        }
        Work.Do();
        return 0;
    }

    public static int Own(string path)
    {
        Console.WriteLine(Profile.Current is null);
        using var profile = new Profile();
        profile.Enable();
        Work.Do();
        profile.DumpStats(path);
        Work.Do();
        return 0;
    }

    public static int RunAndExit(string? path)
    {
        Profiler.Run(() => Ending.Exit(2, 5), path, SortKey.Calls);
        return 0;
    }

    public static int RunAndThrow()
    {
        Profiler.Run(() => Ending.Throw(2), null, SortKey.Calls);
        return 0;
    }

    static void Print(ProfileData data)
    {
        foreach (var row in FlatProfile.From(data))
            Console.WriteLine($"{row.Label.Name} {row.Figures.Calls}");
    }
}
