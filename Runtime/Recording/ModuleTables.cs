namespace ProfilerWeaver;

/// <summary>
/// The method tables of the woven modules that have run so far. A module hands its table over when its first method
/// runs; it is copied as it is, and read only when a profile is made.
/// </summary>
static unsafe class ModuleTables
{
    static readonly RecorderLock Gate = new();
    static readonly Sequence<nint> Registered = new();
    static int nextId;

    // What was read last, as long as somebody has it or the garbage collector has not come by: snapshots may follow each other.
    static WeakReference<RecordedMethods>? s_lastRead;
    static int s_modulesOfLastRead;

    /// <summary>Takes note of a module and gives its methods their ids.</summary>
    /// <param name="table">The table that the weaver put into the module (<see cref="MethodTable"/>).</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>The id of the module's first method. A module that is loaded again gets the same ids.</returns>
    public static int Register(byte* table, int length)
    {
        using (Gate.Enter())
        {
            for (var i = 0; i < Registered.Count; i++)
            {
                var known = (ModuleEntry*)Registered[i];
                if (known->Length == length && AreEqual(known->Table, table, length))
                    return known->FirstId;
            }
            var copy = RecorderMemory.OfProcess.Allocate(length);
            Buffer.MemoryCopy(table, copy, length, length);
            var entry = (ModuleEntry*)RecorderMemory.OfProcess.Allocate(sizeof(ModuleEntry));
            *entry = new() { Table = copy, Length = length, FirstId = nextId };
            Registry.Add(entry);
            Registered.Add((nint)entry);
            nextId += MethodTable.CountOf(copy);
            return entry->FirstId;
        }
    }

    /// <summary>The methods of all modules so far.</summary>
    public static RecordedMethods ReadAll()
    {
        using (Gate.Enter())
        {
            if (s_modulesOfLastRead == Registered.Count && s_lastRead is { } last && last.TryGetTarget(out var known))
                return known;
            var methods = new RecordedMethods();
            for (var i = 0; i < Registered.Count; i++)
            {
                var module = (ModuleEntry*)Registered[i];
                methods.Add(MethodTable.Read(module->Table, module->Length));
            }
            s_lastRead = new(methods);
            s_modulesOfLastRead = Registered.Count;
            return methods;
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
}
