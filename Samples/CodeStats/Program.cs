using System.Diagnostics;
using System.Globalization;
using CodeStats.CommandLine;
using CodeStats.Metrics;
using CodeStats.Reporting;
using CodeStats.Sources;
using ProfilerWeaver;

namespace CodeStats;

static class Program
{
    const int Success = 0;
    const int NoFolder = 1;
    const int WrongUsage = 2;

    static async Task<int> Main(string[] arguments)
    {
        try
        {
            return await RunAsync(Options.Parse(arguments));
        }
        catch (UsageException error)
        {
            return Fail($"{error.Message}\n\n{Options.Usage}", WrongUsage);
        }
        catch (DirectoryNotFoundException error)
        {
            return Fail(error.Message, NoFolder);
        }
    }

    static async Task<int> RunAsync(Options options)
    {
        if (options.ShowsHelp)
        {
            Console.WriteLine(Options.Usage);
            return Success;
        }
        var folder = FolderOf(options);
        var stopwatch = Stopwatch.StartNew();
        var files = await new SourceReader(folder, options.Threads).ReadSortedAsync();
        var workload = new Workload(files, options.Repeat, options.Threads);
        Console.WriteLine($"C# sources in {folder.Root}\n");
        new Report(workload.Run(), Console.Out, options.Top).Print();
        Console.WriteLine(Effort(workload, stopwatch.Elapsed));
        PrintProfile();
        return Success;
    }

    static SourceFolder FolderOf(Options options)
    {
        if (options.Folder is null)
        {
            return SourceFolder.FindRepository() ?? throw new DirectoryNotFoundException(
                "neither the working directory nor this program is inside its repository; specify a folder");
        }
        var path = Path.GetFullPath(options.Folder);
        return Directory.Exists(path)
            ? new(path)
            : throw new DirectoryNotFoundException($"folder '{path}' does not exist");
    }

    static string Effort(Workload workload, TimeSpan elapsed)
    {
        const double Million = 1e6;
        return string.Create(CultureInfo.InvariantCulture,
            $"{workload.Characters / Million:F1} million characters (passes: {workload.Passes}, " +
            $"threads: {workload.Threads}) in {elapsed.TotalSeconds:F2} s");
    }

    // Ends the recording, so that the file, which is written when the program ends, has the very figures printed here.
    [Conditional("PROFILED")]
    static void PrintProfile()
    {
        if (Profile.Current is { } profile)
            new Stats(profile.CreateStats()).StripDirs().SortStats("cumulative").PrintStats(10);
    }

    static int Fail(string message, int exitCode)
    {
        Console.Error.WriteLine($"CodeStats: {message}");
        return exitCode;
    }
}
