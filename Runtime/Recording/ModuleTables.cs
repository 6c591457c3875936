namespace ProfilerWeaver;

/// <summary>
/// The method tables of the woven modules that have run so far. A module hands its table over when its first method
/// runs; it is copied as it is, and read only when a profile is made.
/// </summary>
static unsafe class ModuleTables
{
    static readonly List<Registration> Registered = [];
    static int nextId;

    /// <summary>Takes note of a module and gives its methods their ids.</summary>
    /// <param name="table">The table that the weaver put into the module (<see cref="MethodTable"/>).</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>The id of the module's first method. A module that is loaded again gets the same ids.</returns>
    public static int Register(byte* table, int length)
    {
        lock (Registered)
        {
            foreach (var known in Registered)
            {
                if (known.Length == length && AreEqual(known.Table, table, length))
                    return known.FirstId;
            }
            var copy = Recording.Memory.Allocate(length);
            Buffer.MemoryCopy(table, copy, length, length);
            var firstId = nextId;
            nextId += MethodTable.CountOf(copy);
            Registered.Add(new(firstId, copy, length));
            return firstId;
        }
    }

    /// <summary>The label and kind of every id given so far.</summary>
    public static (MethodLabel[] Labels, MethodKind[] Kinds) ReadAll()
    {
        lock (Registered)
        {
            var labels = new MethodLabel[nextId];
            var kinds = new MethodKind[nextId];
            foreach (var module in Registered)
            {
                var table = MethodTable.Read(module.Table);
                for (var i = 0; i < table.Labels.Count; i++)
                {
                    labels[module.FirstId + i] = table.Labels[i];
                    kinds[module.FirstId + i] = table.Kinds[i];
                }
            }
            return (labels, kinds);
        }
    }

    static bool AreEqual(byte* left, byte* right, int length)
    {
        for (var i = 0; i < length; i++)
        {
            if (left[i] != right[i])
                return false;
        }
        return true;
    }

    sealed class Registration(int firstId, byte* table, int length)
    {
        public int FirstId => firstId;

        public byte* Table => table;

        public int Length => length;
    }
}
