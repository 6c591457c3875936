using System.Collections.Concurrent;
using System.ComponentModel;
using System.Reflection;

namespace ProfilerWeaver;

/// <summary>Measures tests, each of which calls this when it begins and when it ends. Not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TestRun
{
    static readonly string? Folder = Environment.GetEnvironmentVariable(TestMember.FolderVariable) is { Length: > 0 } folder ? folder : null;
    static readonly AsyncLocal<RunningTest?> Current = new();
    static readonly ConcurrentDictionary<string, int> Runs = new(StringComparer.Ordinal);
    static int complained;

    /// <summary>Begins to measure a test; what another test calls is a part of that.</summary>
    /// <returns>The test; null if it is not measured.</returns>
    public static object? Begin(RuntimeMethodHandle method, RuntimeTypeHandle type, object? instance, object?[] arguments)
    {
        if (Folder is null || Current.Value is { HasEnded: false })
            return null;
        try
        {
            var name = TestName.Of(MethodBase.GetMethodFromHandle(method, type)!, instance, arguments);
            var test = new RunningTest(name);
            Current.Value = test;
            // Last: its time begins here.
            test.Measurement = Profile.Measure();
            return test;
        }
        catch (Exception e)
        {
            Complain(e);
            return null;
        }
    }

    /// <summary>Lets a test end with its task.</summary>
    public static Task Await(Task task, object? test)
    {
        Follow(task, test);
        return task;
    }

    /// <inheritdoc cref="Await(Task, object)"/>
    public static Task<T> Await<T>(Task<T> task, object? test)
    {
        Follow(task, test);
        return task;
    }

    /// <inheritdoc cref="Await(Task, object)"/>
    public static ValueTask Await(ValueTask task, object? test)
    {
        if (test is null || task.IsCompleted)
            return task;
        var followed = task.AsTask();
        Follow(followed, test);
        return new(followed);
    }

    /// <inheritdoc cref="Await(Task, object)"/>
    public static ValueTask<T> Await<T>(ValueTask<T> task, object? test)
    {
        if (test is null || task.IsCompleted)
            return task;
        var followed = task.AsTask();
        Follow(followed, test);
        return new(followed);
    }

    /// <summary>Ends a test, or if it goes on, lets its caller go on without it.</summary>
    public static void End(object? test)
    {
        if (test is not RunningTest running)
            return;
        Current.Value = null;
        if (running.IsFollowed)
            running.Measurement!.Suspend();
        else
            Finish(running);
    }

    // The runner learns of the end after this, which was there first.
    static void Follow(Task? task, object? test)
    {
        if (test is not RunningTest running || task is null or { IsCompleted: true })
            return;
        running.IsFollowed = true;
        using (ExecutionContext.SuppressFlow())
            task.ContinueWith(_ => Finish(running), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    static void Finish(RunningTest test)
    {
        try
        {
            test.HasEnded = true;
            var measured = test.Measurement!.Stop();
            TestProfile.Write(measured, test.Name, Folder!, Runs.AddOrUpdate(test.Name, 1, (_, before) => before + 1));
        }
        catch (EmptyProfileException)
        {
            // All that it called was left out by the user.
        }
        catch (Exception e)
        {
            Complain(e);
        }
    }

    static void Complain(Exception e)
    {
        if (Interlocked.Exchange(ref complained, 1) == 0)
            Complaint.Once($"there is no profile for each test in {Folder}: {e.Message}");
    }
}
