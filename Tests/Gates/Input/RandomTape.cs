namespace ProfilerWeaver.Tests.Api;

/// <summary>A random program of one thread: the instructions for the scenarios' <c>Tape</c>, and what a profiler's engine
/// sees of them.</summary>
sealed class RandomTape
{
    const int Return = 0;
    const int Throw = 1;
    const int Switch = 2;
    const int FirstCall = 3;

    // In the order of Tape.Make.
    static readonly (string Name, bool Catches, int TicksAtEnd)[] Methods =
    [
        ("Scenarios.Tapes.Plain", false, 0), ("Scenarios.Tapes.Catching", true, 0), ("Scenarios.Tapes.Finally", false, 1),
        ("Scenarios.Tapes.Generic<T>", true, 0), ("Scenarios.Tapes.Property", false, 0),
        ("Scenarios.Tapes.Value.Instance", true, 0),
    ];

    readonly List<EngineEvent> events = [];
    readonly Stack<(int Method, bool IsGuarded)> stack = new();
    long now;

    RandomTape(int[] instructions)
    {
        Instructions = instructions;
        for (var i = 0; i < instructions.Length; i += 2)
        {
            now += instructions[i];
            Follow(instructions[i + 1], instructions[i]);
        }
        while (stack.Count > 0)
            Leave();
    }

    public int[] Instructions { get; }

    public int Exceptions { get; private set; }

    public int Switches { get; private set; }

    /// <summary>What the engine is told: methods are entered and left, recording is switched.</summary>
    public IReadOnlyList<EngineEvent> Events => events;

    /// <summary>The name of the row of a method.</summary>
    public static string NameOf(int method) => Methods[method].Name;

    /// <summary>The number of the method that has a row of this name.</summary>
    public static int MethodOf(string name) => Array.FindIndex(Methods, method => method.Name == name);

    /// <summary>A program of one thread, in which recording may be switched, or of two to four threads.</summary>
    public static RandomTape[] Program(Random random)
    {
        var threads = Math.Max(1, random.Next(-3, 5));
        var switches = threads == 1 && random.Next(3) == 0;
        return [.. Enumerable.Range(0, threads).Select(_ => new RandomTape(Write(random, switches)))];
    }

    static int[] Write(Random random, bool switches)
    {
        var methods = random.Next(1, Methods.Length + 1);
        var callBias = random.Next(35, 65);
        var tape = new int[2 * random.Next(1, 120)];
        for (var i = 0; i < tape.Length; i += 2)
        {
            tape[i] = random.Next(50);
            tape[i + 1] = random.Next(100) < callBias ? FirstCall + random.Next(2 * methods)
                : random.Next(12) == 0 ? Throw
                : switches && random.Next(8) == 0 ? Switch
                : Return;
        }
        return tape;
    }

    void Follow(int instruction, int ticks)
    {
        switch (instruction)
        {
            case Return when stack.Count > 0: Leave(); break;
            case Return: break;
            case Throw: Unwind(); break;
            case Switch:
                Switches++;
                events.Add(new(ticks % 2 == 0 ? EngineEventKind.Clear : EngineEventKind.Flush, now, 0));
                break;
            default:
                var method = (instruction - FirstCall) / 2;
                stack.Push((method, (instruction - FirstCall) % 2 == 1));
                events.Add(new(EngineEventKind.Enter, now, method));
                break;
        }
    }

    // The call that was guarded, by a method that guards calls, ends the exception.
    void Unwind()
    {
        Exceptions++;
        while (stack.Count > 0)
        {
            var isGuarded = stack.Peek().IsGuarded;
            Leave();
            if (isGuarded && stack.TryPeek(out var caller) && Methods[caller.Method].Catches)
                return;
        }
    }

    void Leave()
    {
        var method = stack.Pop().Method;
        now += Methods[method].TicksAtEnd;
        events.Add(new(EngineEventKind.Leave, now, method));
    }
}

enum EngineEventKind
{
    Enter,
    Leave,

    /// <summary>What is open counts as ended, and recording goes on.</summary>
    Flush,

    /// <summary>All is forgotten, and recording goes on.</summary>
    Clear,
}

/// <summary>What an engine is told.</summary>
readonly record struct EngineEvent(EngineEventKind Kind, long Time, int Method);
