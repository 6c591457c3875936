using System.Collections.Concurrent;

namespace Scenarios.Corpus;

// Fody/MethodTimer#1, #2; MethodBoundaryAspect.Fody#111
public static class AsyncVoid
{
    /// <summary>Runs what is posted on the thread that pumps, until all async void methods have ended.</summary>
    sealed class Pump : SynchronizationContext
    {
        readonly BlockingCollection<(SendOrPostCallback, object?)> queue = [];
        int operations;

        public override void Post(SendOrPostCallback callback, object? state) => queue.Add((callback, state));

        public override void OperationStarted() => operations++;

        public override void OperationCompleted()
        {
            if (--operations == 0)
                queue.CompleteAdding();
        }

        public static string Run(Action<Log> start)
        {
            var log = new Log();
            var pump = new Pump();
            var before = Current;
            SetSynchronizationContext(pump);
            try
            {
                pump.OperationStarted();
                log.Try(() => start(log));
                pump.OperationCompleted();
                foreach (var (callback, state) in pump.queue.GetConsumingEnumerable())
                    log.Try(() => callback(state));
                log.Add(pump.operations);
            }
            finally
            {
                SetSynchronizationContext(before);
            }
            return log.ToString();
        }
    }

    static async void Step(Log log, string name, int yields)
    {
        for (var i = 0; i < yields; i++)
        {
            log.Add($"{name} {i}");
            await Task.Yield();
        }
        log.Add($"{name} ends");
    }

    static async void Fail(Log log, bool wait)
    {
        try
        {
            if (wait)
                await Task.Yield();
            throw new InvalidOperationException(wait ? "later" : "at once");
        }
        finally
        {
            log.Add("finally");
        }
    }

    static async void Starter(Log log)
    {
        Step(log, "inner", 2);
        await Task.Yield();
        if (log.ToString().Length > 0)
            Step(log, "second", 1);
    }

    sealed class Button
    {
        public event EventHandler? Clicked;

        public void Click() => Clicked?.Invoke(this, EventArgs.Empty);
    }

    public static string Not_throwing() => Pump.Run(log =>
    {
        Step(log, "a", 3);
        Step(log, "b", 0);
        Step(log, "c", 1);
    });

    public static string Throwing() => Pump.Run(log =>
    {
        Fail(log, false);
        Fail(log, true);
        Step(log, "after", 1);
    });

    public static string Started_by_each_other() => Pump.Run(Starter);

    public static string Event_handlers() => Pump.Run(log =>
    {
        var button = new Button();
        button.Clicked += async (sender, _) =>
        {
            await Task.Yield();
            log.Add(sender!.GetType().Name);
        };
        button.Clicked += (_, _) => Fail(log, true);
        button.Click();
        button.Click();
    });
}
