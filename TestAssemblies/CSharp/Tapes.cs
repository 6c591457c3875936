using ProfilerWeaver;

namespace Scenarios;

/// <summary>Methods that call and throw as a tape of random instructions says. The tape is that of the thread, and so is
/// the time.</summary>
public static class Tapes
{
    public static void Plain()
    {
        while (Tape.NextCall() is { } call)
            Tape.Make(call);
    }

    public static void Catching()
    {
        while (Tape.NextCall() is { } call)
        {
            try
            {
                Tape.Make(call);
            }
            catch (TapeException) when (call.IsGuarded)
            {
            }
        }
    }

    public static int Finally()
    {
        try
        {
            while (Tape.NextCall() is { } call)
                Tape.Make(call);
            return 1;
        }
        finally
        {
            Tape.Ticks++;
        }
    }

    public static T? Generic<T>()
    {
        while (Tape.NextCall() is { } call)
        {
            try
            {
                Tape.Make(call);
            }
            catch (TapeException)
            {
                if (!call.IsGuarded)
                    throw;
            }
        }
        return default;
    }

    public static Value Property
    {
        get
        {
            while (Tape.NextCall() is { } call)
                Tape.Make(call);
            return default;
        }
    }

    public readonly struct Value
    {
        public long Instance()
        {
            while (Tape.NextCall() is { } call)
            {
                try
                {
                    Tape.Make(call);
                }
                catch (TapeException) when (call.IsGuarded)
                {
                    continue;
                }
            }
            return 0;
        }
    }
}

[NoProfile]
public sealed class TapeException : Exception;

/// <summary>What the methods do next. It is not woven, so that nothing but the methods is recorded.</summary>
[NoProfile]
public static class Tape
{
    const int Return = 0;
    const int Throw = 1;
    const int Switch = 2;
    const int FirstCall = 3;

    [ThreadStatic]
    public static long Ticks;

    [ThreadStatic]
    static int[]? instructions;

    [ThreadStatic]
    static int position;

    [ThreadStatic]
    static Action<int>? onSwitch;

    public static long Read() => Ticks;

    /// <summary>Runs a tape on this thread.</summary>
    /// <param name="tape">Pairs of numbers: how far the time goes on, and what comes then.</param>
    /// <param name="switching">What an instruction to switch does; it gets the first number of its pair.</param>
    public static void Run(int[] tape, Action<int> switching)
    {
        (instructions, position, onSwitch, Ticks) = (tape, 0, switching, 0);
        while (position < tape.Length)
        {
            try
            {
                if (NextCall() is { } call)
                    Make(call);
            }
            catch (TapeException)
            {
            }
        }
    }

    /// <summary>The next call that the running method has to make; null: it has to return.</summary>
    public static Call? NextCall()
    {
        while (position < instructions!.Length)
        {
            Ticks += instructions[position];
            var instruction = instructions[position + 1];
            position += 2;
            switch (instruction)
            {
                case Return: return null;
                case Throw: throw new TapeException();
                case Switch: onSwitch!(instructions[position - 2]); break;
                default: return new((instruction - FirstCall) / 2, (instruction - FirstCall) % 2 == 1);
            }
        }
        return null;
    }

    public static void Make(Call call)
    {
        switch (call.Method)
        {
            case 0: Tapes.Plain(); break;
            case 1: Tapes.Catching(); break;
            case 2: Tapes.Finally(); break;
            case 3 when call.IsGuarded: Tapes.Generic<int>(); break;
            case 3: Tapes.Generic<string>(); break;
            case 4: _ = Tapes.Property; break;
            default: new Tapes.Value().Instance(); break;
        }
    }

    public readonly record struct Call(int Method, bool IsGuarded);
}
