namespace ProfilerWeaver.Tests.Recording;

/// <summary>
/// Threads with a few loads and stores each on one memory, as on ARM64: what a thread does takes effect in any order that its
/// releases, acquires and addresses permit, and all threads see the same memory (ARMv8 is multi-copy atomic). All runs are tried.
/// </summary>
/// <param name="weakened">The place, among all releases and acquires, of one that is left out; -1: none.</param>
sealed class WeakMemory(int weakened = -1)
{
    readonly List<List<Operation>> threads = [];
    readonly Dictionary<string, int> initial = [];

    /// <summary>How many releases and acquires there are.</summary>
    public int Orderings { get; private set; }

    /// <summary>What a cell holds in the beginning; 0 if nothing is said.</summary>
    public int this[string cell]
    {
        set => initial[cell] = value;
    }

    /// <summary>Begins another thread.</summary>
    public Program Thread() => new(this);

    /// <summary>What the registers are in the end, by their names, in all runs.</summary>
    public IReadOnlyCollection<IReadOnlyDictionary<string, int>> Outcomes()
    {
        var outcomes = new Dictionary<string, IReadOnlyDictionary<string, int>>();
        var seen = new HashSet<string>();
        Explore(new(threads.ConvertAll(_ => 0), new(initial), []), seen, outcomes);
        return outcomes.Values;
    }

    // Done is a set of operations for each thread, as bits.
    sealed record State(List<int> Done, Dictionary<string, int> Memory, Dictionary<string, int> Registers)
    {
        public string Key => $"{string.Join(',', Done)} {Text(Memory)} {Text(Registers)}";

        public static string Text(Dictionary<string, int> values) =>
            string.Join(' ', values.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => $"{item.Key}={item.Value}"));
    }

    sealed record Operation(int After, Action<State> Effect);

    void Explore(State state, HashSet<string> seen, Dictionary<string, IReadOnlyDictionary<string, int>> outcomes)
    {
        if (!seen.Add(state.Key))
            return;
        var isOver = true;
        for (var thread = 0; thread < threads.Count; thread++)
        {
            for (var index = 0; index < threads[thread].Count; index++)
            {
                var (done, operation) = (state.Done[thread], threads[thread][index]);
                if ((done >> index & 1) != 0)
                    continue;
                isOver = false;
                if ((operation.After & ~done) != 0)
                    continue;
                var next = new State([.. state.Done], new(state.Memory), new(state.Registers));
                next.Done[thread] |= 1 << index;
                operation.Effect(next);
                Explore(next, seen, outcomes);
            }
        }
        if (isOver)
            outcomes[State.Text(state.Registers)] = state.Registers;
    }

    /// <summary>What a thread does, in the order in which it is written.</summary>
    public sealed class Program
    {
        readonly WeakMemory model;
        readonly List<Operation> operations = [];
        readonly Dictionary<string, int> lastOnCell = [];
        readonly Dictionary<string, int> loads = [];
        int acquires;

        public Program(WeakMemory model)
        {
            this.model = model;
            model.threads.Add(operations);
        }

        /// <summary>Stores a value.</summary>
        public Program Store(string cell, int value) => Store(cell, value, isRelease: false);

        /// <summary>Stores a value after all that the thread has done before: <c>Volatile.Write</c>.</summary>
        public Program Release(string cell, int value) => Store(cell, value, model.Counts());

        /// <summary>Loads a cell.</summary>
        /// <param name="register">Where its value goes.</param>
        /// <param name="cell">The cell; in braces the register of which its name is made, whose load has come before.</param>
        public Program Load(string register, string cell) => Load(register, cell, isAcquire: false);

        /// <summary>Loads a cell before all that the thread does later: <c>Volatile.Read</c>.</summary>
        public Program Acquire(string register, string cell) => Load(register, cell, model.Counts());

        Program Store(string cell, int value, bool isRelease)
        {
            var after = isRelease ? All : OnCell(cell) | acquires;
            lastOnCell[cell] = operations.Count;
            operations.Add(new(after, state => state.Memory[cell] = value));
            return this;
        }

        Program Load(string register, string cell, bool isAcquire)
        {
            var after = OnCell(cell) | acquires;
            var (open, close) = (cell.IndexOf('{', StringComparison.Ordinal), cell.IndexOf('}', StringComparison.Ordinal));
            var address = open < 0 ? null : cell[(open + 1)..close];
            if (address is not null)
                after |= 1 << loads[address];
            lastOnCell[cell] = loads[register] = operations.Count;
            if (isAcquire)
                acquires |= 1 << operations.Count;
            operations.Add(new(after, state =>
            {
                var name = address is null ? cell : $"{cell[..open]}{state.Registers[address]}{cell[(close + 1)..]}";
                state.Registers[register] = state.Memory.GetValueOrDefault(name);
            }));
            return this;
        }

        int All => (1 << operations.Count) - 1;

        // A thread never sees its own operations on one cell in another order.
        int OnCell(string cell) => lastOnCell.TryGetValue(cell, out var index) ? 1 << index : 0;
    }

    bool Counts() => Orderings++ != weakened;
}
