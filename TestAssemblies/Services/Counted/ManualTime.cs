namespace Counted;

/// <summary>Time that passes when a test says so.</summary>
sealed class ManualTime : TimeProvider
{
    readonly List<Alarm> alarms = [];
    DateTimeOffset now = DateTimeOffset.UnixEpoch;

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (alarms)
                return alarms.Count;
        }
    }

    public void Pass(TimeSpan time)
    {
        List<Alarm> due;
        lock (alarms)
        {
            now += time;
            due = alarms.FindAll(alarm => alarm.Due <= now);
            alarms.RemoveAll(due.Contains);
        }
        due.ForEach(alarm => alarm.Ring());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (alarms)
        {
            var alarm = new Alarm(this, () => callback(state), now + dueTime);
            alarms.Add(alarm);
            return alarm;
        }
    }

    sealed class Alarm(ManualTime time, Action ring, DateTimeOffset due) : ITimer
    {
        public DateTimeOffset Due => due;

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose()
        {
            lock (time.alarms)
                time.alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
