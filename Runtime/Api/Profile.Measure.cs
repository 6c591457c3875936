namespace ProfilerWeaver;

// Measurements are readings of a recording that is in progress: that of the current profile, or one of their own, which begins with
// the first of them and ends with the last.
public sealed partial class Profile
{
    static readonly HashSet<Measurement> Measurements = [];

    /// <summary>Whether it records for measurements only, and ends with the last of them.</summary>
    internal bool IsForMeasurements { get; private init; }

    /// <summary>Whether there are measurements of what it records, which end when it is disabled or cleared.</summary>
    internal bool HasMeasurements
    {
        get
        {
            using (Gate.Enter())
                return recording is not null && Measurements.Count > 0;
        }
    }

    /// <summary>Begins to measure a part of the program. If nothing is recorded, recording begins, and ends with the last
    /// measurement.</summary>
    /// <param name="extent">Which part.</param>
    /// <returns>What ends it. It also ends when the current profile is disabled or cleared by the program, but not when
    /// <c>dotnet prof stop</c> ends the profile.</returns>
    /// <exception cref="InvalidOperationException">Callers are not recorded, so that scopes are not told apart; or this is called from
    /// a profile's timer.</exception>
    /// <example><code>
    /// using Measurement measurement = Profile.Measure();
    /// Repository.Load(7);
    /// ProfileData data = measurement.Stop();
    /// </code></example>
    public static Measurement Measure(Extent extent = Extent.Scope)
    {
        ProfileTimer.Refuse(nameof(Measure));
        // While others read, the caller's clock stands still.
        using (Recorder.Exclude(Gate.Enter))
        {
            try
            {
                if (s_current is null)
                {
                    s_current = new() { IsForMeasurements = true };
                    s_current.Record();
                }
                return BeginHere(extent);
            }
            finally
            {
                EndIfUnused();
            }
        }
    }

    /// <summary>Measures a command, with what it hands to other threads.</summary>
    /// <param name="command">What to run. If it throws, the measurement ends and the exception propagates.</param>
    /// <exception cref="InvalidOperationException">As for <see cref="Measure(Extent)"/>; the command is not run.</exception>
    /// <exception cref="ArgumentException">The command is <c>async void</c>: use <see cref="MeasureAsync"/>.</exception>
    public static ProfileData Measure(Action command)
    {
        ProfileCommand.Check(command);
        using var measurement = Measure();
        command();
        return measurement.Stop();
    }

    /// <summary>Measures an asynchronous command until it completes, with what it hands to other threads.</summary>
    /// <param name="command">What to run. If it fails, the measurement ends and its exception propagates.</param>
    /// <exception cref="InvalidOperationException">As for <see cref="Measure(Extent)"/>; the command is not run.</exception>
    public static Task<ProfileData> MeasureAsync(Func<Task> command)
    {
        ProfileCommand.Check(command);
        var measurement = Measure();
        Task task;
        try
        {
            task = command();
        }
        catch
        {
            measurement.Dispose();
            throw;
        }
        // The caller goes on as soon as the command waits.
        measurement.Suspend();
        return StopWhenCompleted(task, measurement);
    }

    /// <summary>Ends a measurement.</summary>
    static ProfileData Finish(Measurement measurement)
    {
        using (Gate.Enter())
        {
            if (Measurements.Remove(measurement))
            {
                MeasureOverhead();
                measurement.Take();
                EndIfUnused();
            }
            return measurement.Data!;
        }
    }

    /// <summary>What was measured until now, by a measurement that goes on.</summary>
    internal static ProfileData ReadUntilNow(Measurement measurement)
    {
        Recorder.Sampler?.Look();
        return Recorder.Exclude(() =>
        {
            using (Gate.Enter())
            {
                if (!measurement.IsStopped)
                    MeasureOverhead();
                return measurement.Read(asEnded: true);
            }
        });
    }

    /// <summary>What was measured until now by a measurement of all threads, which has only what comes next from now on; and whether
    /// it has ended, so that nothing does.</summary>
    internal static (ProfileData Data, bool HasEnded) ReadAndGoOn(Measurement measurement)
    {
        Recorder.Sampler?.Look();
        return Recorder.Exclude(() =>
        {
            using (Gate.Enter())
            {
                if (measurement.Data is { } all)
                    return (all, true);
                MeasureOverhead();
                return (measurement.ReadAndGoOn(), false);
            }
        });
    }

    // Of the recording that measurements are readings of.
    static void MeasureOverhead()
    {
        var recording = s_current!.recording!;
        recording.Overhead = Recorder.MeasureOverhead(recording);
    }

    static async Task<ProfileData> StopWhenCompleted(Task task, Measurement measurement)
    {
        using (measurement)
        {
            await task.ConfigureAwait(false);
            return measurement.Stop();
        }
    }

    static unsafe Measurement BeginHere(Extent extent)
    {
        var recording = s_current!.recording!;
        recording.Sampler?.Look();
        var measurement = extent switch
        {
            Extent.Scope => BeginScope(recording),
            Extent.Thread => new(Finish, Recorder.Exclude(() => WindowReader.Begin(RecordedWindow.OfThread(recording, RootOfCaller())))),
            Extent.All => new(Finish, Recorder.Exclude(() => WindowReader.Begin(RecordedWindow.OfAll(recording)))),
            _ => throw new ArgumentOutOfRangeException(nameof(extent), extent, "Expected Scope, Thread or All."),
        };
        Measurements.Add(measurement);
        return measurement;
    }

    static unsafe Measurement BeginScope(Recording recording)
    {
        if (recording.IsFlat)
        {
            throw new InvalidOperationException(
                $"{ThisProcess.Name} is recorded without callers ({SettingName.Subcalls}=\"{SwitchText.Off}\"), so that what a scope calls is not told from the rest: measure " +
                "Extent.Thread or Extent.All.");
        }
        var context = Recorder.Exclude(() => MeasurementContext.Take(recording.Number));
        // Last: its time begins here.
        if (Recorder.BeginMeasured(context.Method) is { } scope)
            return new(Finish, RecordedWindow.OfContext(recording, (Node*)scope.Activation.Origin, context.Known), scope, context);
        context.Return();
        Complaint.Once($"there is no room for a measurement ({SettingName.MemoryLimit}): it is empty");
        return new(Finish, RecordedWindow.OfThread(recording, RecorderMemory.OfProcess.NoNode));
    }

    // A thread that cannot take part has nothing.
    static unsafe Node* RootOfCaller()
    {
        var root = Recorder.JoinedRoot();
        return root != null ? root : RecorderMemory.OfProcess.NoNode;
    }

    /// <summary>Stops recording. Measurements of what it recorded go on: they have the recording for themselves.</summary>
    internal void Leave() => Recorder.Exclude(() =>
    {
        using (Gate.Enter())
        {
            if (recording is not { } left || Measurements.Count == 0)
            {
                Disable();
                return false;
            }
            left.Stamp();
            left.Sampler?.Look();
            left.Overhead = Recorder.MeasureOverhead(left);
            var data = new RecordedProfile(left, closeOpenFrames: true).ToData();
            left.Keep(data);
            (finished ??= new()).Add(new ReadyProfile(data));
            recording = null;
            s_current = new(clock, subcalls, builtins) { IsForMeasurements = true, compensate = compensate, recording = left };
            return true;
        }
    });

    // The recording ends.
    static void EndMeasurements()
    {
        if (Measurements.Count == 0)
            return;
        Recorder.Sampler?.Look();
        Recorder.Exclude(() =>
        {
            MeasureOverhead();
            foreach (var measurement in Measurements)
                measurement.Take();
            Measurements.Clear();
            return true;
        });
    }

    static void EndIfUnused()
    {
        if (Measurements.Count > 0 || s_current is not { IsForMeasurements: true } profile)
            return;
        Recorder.Switch(null);
        profile.recording!.End();
        profile.recording = null;
        s_current = null;
    }
}
