namespace ProfilerWeaver.Tool;

/// <summary>A recording that goes on.</summary>
abstract class WatchedRecording : IDisposable
{
    /// <summary>Checks that no saved profile is meant.</summary>
    /// <exception cref="ToolException">One is.</exception>
    public static void CheckIsProgram(string text)
    {
        if (File.Exists(text) && !LiveFileReader.IsLive(text))
            throw new ToolException($"{text} is a saved profile, and top shows programs that are running. dotnet prof stats {text} shows it.");
    }

    /// <summary>The one that is meant.</summary>
    /// <param name="text">A live file, the number of a process or the name of a program.</param>
    /// <exception cref="ToolException">There is none.</exception>
    public static WatchedRecording Find(string text)
    {
        if (LiveFileReader.IsLive(text))
        {
            return File.Exists(text) ? new LiveFileRecording(text)
                : throw new ToolException($"{text} does not exist: its program has ended, or writes elsewhere.");
        }
        var program = RunningProgram.Find(text);
        if (program is not { State: ControlField.Recording, Output: { } output })
        {
            throw new ToolException($"{program.Name} ({program.Process}): " + program.State switch
            {
                ControlField.Asleep => $"it is asleep; dotnet prof start {program.Process} makes it record.",
                ControlField.Measured => $"a part of it is being measured, which nobody else can read; dotnet prof start {program.Process} records beside that.",
                ControlField.Unwritten => $"it has stopped, and its profile could not be written ({program.Problem?.TrimEnd('.')}): dotnet prof stop " +
                    $"{program.Process} -o FILE writes it elsewhere.",
                _ => "it is recording a profile of its own (class Profile), which nobody else can read.",
            });
        }
        return File.Exists(output + LiveFile.Suffix) ? new LiveFileRecording(output + LiveFile.Suffix) : new AskedRecording(program);
    }

    /// <summary>What there is now.</summary>
    /// <exception cref="ToolException">There is nothing any more.</exception>
    public abstract Reading Read();

    /// <summary>Writes what there is now.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public abstract void Save(string path);

    public virtual void Dispose()
    {
    }

    /// <summary>One in a live file: its process notices nothing.</summary>
    sealed class LiveFileRecording(string path) : WatchedRecording
    {
        public override Reading Read() => Use(Reading.Of);

        public override void Save(string target) => Use(source =>
        {
            ProfFile.Write(source, target);
            return true;
        });

        T Use<T>(Func<ProfileSource, T> use)
        {
            try
            {
                return LiveFileReader.Read(path, use);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new ToolException($"{path} is gone: its program has ended.", cause: e);
            }
        }
    }

    /// <summary>One that a program has in memory alone, because it was started from outside: it writes it each time.</summary>
    sealed class AskedRecording(RunningProgram program) : WatchedRecording
    {
        // Beside the socket: a program in a container sees that folder, and perhaps no other one of ours.
        readonly DirectoryInfo folder = OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException()
            : Directory.CreateDirectory(Path.Combine(program.Folder, $"top-{Guid.NewGuid():N}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        public override Reading Read()
        {
            if (program.Again() is not { State: ControlField.Recording, Calls: var calls })
                throw new ToolException($"{program.Name} ({program.Process}) has ended or stopped recording.");
            if (calls == 0)
                return Reading.Of(new ReadyProfile(new() { Methods = [], Threads = [], SecondsPerTick = 1, Program = program.Name }));
            var path = Path.Combine(folder.FullName, "now.prof");
            Save(path);
            return Reading.Of(ProfFile.Read(path).Recording!);
        }

        public override void Save(string path) => program.Tell(new(ControlField.Dump) { [ControlField.Output] = Path.GetFullPath(path) });

        public override void Dispose()
        {
            base.Dispose();
            folder.Delete(recursive: true);
        }
    }
}
