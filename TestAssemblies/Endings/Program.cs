namespace Scenarios;

/// <summary>A program that does work whose calls can be counted by reading it, and then what its first argument
/// says.</summary>
static class Program
{
    // Not text: the compiler would make a method of its own to compare it with.
    enum Scenario
    {
        Return,
        Exit,
        ExitOnAThread,
        Throw,
        ThrowOnAThread,
        ThrowOnThePool,
        ThrowAsync,
        ThrowAsyncVoid,
        LeaveAThread,
        LeaveABusyThread,
        WorkAtExit,
        FailFast,
        Kill,
        KillDeep,
        KillAwaiting,
        Await,
        Overlap,
        OverflowStack,
        Count,
        CountAsync,
        CountAndFailFast,
        CountAndOverflow,
        WaitForSignal,
        HandleSignal,
        HandleKeyPress,
        OutliveSignal,
        Grow,
        WorkOnThreads,
        Meet,
        SecondContext,
        SecondContextWithLibraries,
        UnloadedContext,
        StartSelf,
        StartAndDie,
        ChangeDirectory,
        Wait,
        FillDisk,
        Snapshot,
        Dump,
        Disable,
        DisableAndKill,
        Clear,
        Second,
        Own,
        RunAndExit,
        RunAndThrow,
        NativeErrors,
        ReplaceErrors,
        ExhaustFiles,
        Serve,
    }

    static int Main(string[] arguments)
    {
        Console.WriteLine("begins");
        Work.Do();
        switch (Enum.Parse<Scenario>(arguments[0]))
        {
            case Scenario.Return: return int.Parse(arguments[1]);
            case Scenario.Exit: return Ending.Exit(3, int.Parse(arguments[1]));
            case Scenario.ExitOnAThread: return Ending.OnThread(() => Ending.Exit(3, 7));
            case Scenario.Throw: return Ending.Throw(2);
            case Scenario.ThrowOnAThread: return Ending.OnThread(() => Ending.Throw(2));
            case Scenario.ThrowOnThePool: return Ending.OnPool();
            case Scenario.ThrowAsync: return Ending.ThrowAsync().GetAwaiter().GetResult();
            case Scenario.ThrowAsyncVoid: return Ending.ThrowAsyncVoid();
            case Scenario.LeaveAThread: return Ending.LeaveThread(isBackground: false);
            case Scenario.LeaveABusyThread: return Ending.LeaveThread(isBackground: true);
            case Scenario.WorkAtExit: return Ending.WorkAtExit();
            case Scenario.FailFast: return Ending.FailFast();
            case Scenario.Kill: return Ending.Kill();
            case Scenario.KillDeep: return Ending.KillDeep(3);
            case Scenario.KillAwaiting: return Ending.KillAwaiting();
            case Scenario.Await: return Awaiting.Run();
            case Scenario.Overlap: return Awaiting.Overlap();
            case Scenario.OverflowStack: return Ending.OverflowStack(0);
            case Scenario.Count: return Counting.Run(arguments[1], long.MaxValue, () => { });
            case Scenario.CountAsync: return Counting.RunAsync(arguments[1]);
            case Scenario.CountAndFailFast:
                return Counting.Run(arguments[1], long.Parse(arguments[2]), () => Ending.FailFast());
            case Scenario.CountAndOverflow:
                return Counting.Run(arguments[1], long.Parse(arguments[2]), () => Ending.OverflowStack(0));
            case Scenario.WaitForSignal: return Signals.Wait();
            case Scenario.HandleSignal: return Signals.Handle();
            case Scenario.HandleKeyPress: return Signals.HandleKeyPress();
            case Scenario.OutliveSignal: return Signals.Outlive();
            case Scenario.Grow: return Counting.Grow();
            case Scenario.WorkOnThreads: return Crowd.Run(int.Parse(arguments[1]));
            case Scenario.Meet: return Crowd.Meet(int.Parse(arguments[1]));
            case Scenario.SecondContext: return Contexts.RunSecond();
            case Scenario.SecondContextWithLibraries: return Contexts.RunSecondWithLibraries();
            case Scenario.UnloadedContext: return Contexts.Unload();
            case Scenario.StartSelf: return Children.StartSelf();
            case Scenario.StartAndDie: return Children.StartAndDie();
            case Scenario.ChangeDirectory: return Surroundings.ChangeDirectory(arguments[1]);
            case Scenario.Wait: return Surroundings.WaitForInput();
            case Scenario.FillDisk: return Surroundings.FillDisk(arguments[1]);
            case Scenario.Snapshot: return Profiling.Snapshot();
            case Scenario.Dump: return Profiling.Dump(arguments[1]);
            case Scenario.Disable: return Profiling.Disable();
            case Scenario.DisableAndKill: return Profiling.DisableAndKill();
            case Scenario.Clear: return Profiling.Clear();
            case Scenario.Second: return Profiling.EnableSecond();
            case Scenario.Own: return Profiling.Own(arguments[1]);
            case Scenario.RunAndExit: return Profiling.RunAndExit(arguments.ElementAtOrDefault(1));
            case Scenario.RunAndThrow: return Profiling.RunAndThrow();
            case Scenario.NativeErrors: return NativeErrors.Run();
            case Scenario.ReplaceErrors: return OpenFiles.ReplaceErrors(arguments[1]);
            case Scenario.ExhaustFiles: return OpenFiles.Exhaust();
            case Scenario.Serve: return Surroundings.Serve();
            default: throw new ArgumentException(arguments[0]);
        }
    }
}
