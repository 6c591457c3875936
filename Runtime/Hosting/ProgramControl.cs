#if NET8_0_OR_GREATER
using System.Globalization;

namespace ProfilerWeaver;

/// <summary>What <c>dotnet prof</c> can tell a woven process while it runs: to begin to record, to stop, to write what there is.
/// Commands come one after the other, on a thread that sleeps in between.</summary>
/// <remarks>That thread makes the socket, too: it is a dozen calls of the system, for each of which .NET looks up the function, and
/// the program need not wait for them.</remarks>
sealed class ProgramControl
{
    const string MeasuringNow = "it is recording only for a measurement (Profile.Measure, a window of the service's own endpoint, or a push), which is not ended from here";

    readonly RunSettings settings;
    readonly DateTime begun = DateTime.UtcNow;

    // The recording that is to be ended in time; null: nobody has said when.
    AutomaticProfile? timed;

    // Taken while the socket is made, and to remove it.
    readonly RecorderLock gate = new();
    ControlServer? server;
    bool isOver;

    ProgramControl(RunSettings settings) => this.settings = settings;

    /// <summary>Can be told from a moment later on, unless the settings forbid it. Never throws.</summary>
    public static void Begin(RunSettings settings)
    {
        if (settings.Control == ControlText.Off || !LinuxSocket.IsSupported)
            return;
        try
        {
            // It was started to be recorded: by dotnet prof --paused.
            if (settings is { AutoStart: false, Starter: { } starter } && ThisProcess.IsChildOf(starter))
                TellIfNothingIsRecorded();
            var control = new ProgramControl(settings);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => control.End();
            BackgroundThread.Begin("ProfilerWeaver control", () => Recorder.Unrecorded(control.Run));
        }
        catch (Exception e)
        {
            ComplainOf(e);
        }
    }

    void Run()
    {
        try
        {
            using (gate.Enter())
            {
                if (!isOver)
                    server = Listen();
            }
            server?.Serve(Remaining, StopInTime);
        }
        catch (Exception e)
        {
            ComplainOf(e);
        }
    }

    // Nobody finds the process any more.
    void End()
    {
        using (gate.Enter())
        {
            isOver = true;
            server?.End();
        }
    }

    ControlServer? Listen()
    {
        var isOwn = settings.Control is "" or ControlText.On;
        var folder = isOwn ? ControlFolder.Of(LinuxSocket.User) : Path.GetFullPath(settings.Control);
        // Of the folder that everybody has, only who misses the process need know.
        if (isOwn && !ControlFolder.TryMake(folder))
            return null;
        var listening = ControlServer.Listen(folder, Number(ThisProcess.Id), Answer);
        if (listening is null && !isOwn)
        {
            Complaint.Once($"{EnvironmentVariable.Control}={folder} is no folder in which a socket can be made (its path may have " +
                $"{LinuxSocket.LongestPath - 16} characters): dotnet prof will not find the process");
        }
        return listening;
    }

    static void ComplainOf(Exception e) => Complaint.Once($"dotnet prof will not find the process: {e.Message}");

    static void TellIfNothingIsRecorded()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Tell();
        EndingSignals.Watch(Tell);

        static void Tell()
        {
            if (!Profile.HasRecorded)
                Complaint.Once("nothing was recorded: the program was started with --paused, and was never told to record (dotnet prof start)");
        }
    }

    ControlMessage Answer(ControlMessage command) => command.Word switch
    {
        ControlField.Status => Status(),
        ControlField.Start => Start(command),
        ControlField.Stop => Stop(command[ControlField.Output]),
        ControlField.Dump => Dump(command[ControlField.Output]),
        ControlField.Clear => Clear(),
        var other => ControlMessage.Error($"{other} is no command of this version of ProfilerWeaver: use a dotnet prof of the same version"),
    };

    ControlMessage Status()
    {
        var current = AutomaticProfile.Current;
        return new(ControlMessage.Done)
        {
            [ControlField.Process] = Number(ThisProcess.Id),
            [ControlField.Program] = ThisProcess.Name,
            [ControlField.State] = current?.WhyUnwritten is not null ? ControlField.Unwritten
                : current is not null ? ControlField.Recording
                : Profile.Current is not { } other ? ControlField.Asleep
                : other.IsForMeasurements ? ControlField.Measured : ControlField.ByProgram,
            [ControlField.Clock] = current?.Clock.Name,
            [ControlField.Calls] = current is null ? null : Number(current.CountCalls()),
            [ControlField.Memory] = Number(RecorderMemory.OfProcess.Used),
            [ControlField.Since] = Number((current?.StartedUtc ?? begun).Ticks),
            [ControlField.Output] = current?.Path,
            [ControlField.Problem] = current?.WhyUnwritten,
            [ControlField.Version] = typeof(Profile).Assembly.GetName().Version!.ToString(),
        };
    }

    ControlMessage Start(ControlMessage command)
    {
        if (AutomaticProfile.Current is { } current)
        {
            if (current.WhyUnwritten is { } problem)
            {
                return ControlMessage.Error($"its last profile could not be written ({problem}): dotnet prof stop -o FILE writes it elsewhere, and " +
                    "dotnet prof clear forgets it");
            }
            return ControlMessage.Error($"it is recording already, into {current.Path}; " + (current.Ends is { } end
                ? $"that ends by itself {Text(end.Left)}: wait for it, or stop it first"
                : "stop it first, or take what there is by dump"));
        }
        if (Profile.Current is { IsForMeasurements: false })
            return ControlMessage.Error("it is recording a profile of its own (class Profile), and only one can record");
        var duration = command[ControlField.For];
        if (duration is not null && (!long.TryParse(duration, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds > int.MaxValue))
            return ControlMessage.Error($"{duration} is no time in milliseconds");
        AutomaticProfile.StartLater(settings.With(command[ControlField.Clock], command[ControlField.Builtins], command[ControlField.Output] ?? OutputPath.OfRunning));
        var begun = AutomaticProfile.Current;
        timed = duration is null ? null : begun;
        if (timed is not null)
            timed.Ends = Deadline.In(TimeSpan.FromMilliseconds(int.Parse(duration!, CultureInfo.InvariantCulture)));
        return new(ControlMessage.Done) { [ControlField.Output] = begun?.Path };
    }

    static ControlMessage Stop(string? path)
    {
        if (AutomaticProfile.Current is not { } current)
            return NotRecording();
        return new(ControlMessage.Done) { [ControlField.Output] = current.Stop(path) };
    }

    static ControlMessage Dump(string? path)
    {
        if (AutomaticProfile.Current is not { } current)
            return NotRecording();
        path ??= OutputPath.OfRunning;
        current.Write(path);
        return new(ControlMessage.Done) { [ControlField.Output] = path };
    }

    static ControlMessage Clear()
    {
        if (AutomaticProfile.Current is not { } current)
            return NotRecording();
        if (current.HasMeasurements)
        {
            return ControlMessage.Error("a part of the program is being measured (by a request to its endpoint, or Profile.Measure), and clear " +
                "would cut that short: stop and start do not");
        }
        current.Clear();
        return new(ControlMessage.Done);
    }

    static ControlMessage NotRecording() => ControlMessage.Error(Profile.Current is not { } other
        ? "it is asleep; dotnet prof start makes it record"
        : other.IsForMeasurements ? MeasuringNow + "; dotnet prof start makes it record beside that"
        : "it is recording a profile of its own (class Profile), which only the program can stop");

    int Remaining()
    {
        if (timed?.Ends is not { } end)
            return -1;
        var left = end.Left.TotalMilliseconds;
        return left <= 0 ? 0 : (int)Math.Min(Math.Ceiling(left), int.MaxValue);
    }

    void StopInTime()
    {
        if (timed is not { Ends: { IsOver: true } } ended)
            return;
        timed = null;
        // Or somebody has stopped it before, and perhaps begun another one.
        if (AutomaticProfile.Current != ended)
            return;
        try
        {
            ended.Stop(null);
        }
        catch (EmptyProfileException e)
        {
            Complaint.Once(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Complaint.Once($"cannot write the profile ({e.Message}): dotnet prof stop -o FILE writes it elsewhere");
        }
    }

    static string Text(TimeSpan left) => left > TimeSpan.Zero
        ? $"in {left.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s"
        : "now";

    static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
#endif
