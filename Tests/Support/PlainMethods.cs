using System.Runtime.InteropServices;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Support;

/// <summary>Methods M0, M1, … that exist only for the recorder, which tests call as woven code would.</summary>
static class PlainMethods
{
    public const int Count = 12;

    /// <summary>The id of M0.</summary>
    public static int FirstId { get; } = Register(Count);

    /// <summary>Makes a module with <paramref name="count"/> methods.</summary>
    /// <returns>The id of its first method.</returns>
    public static int Register(int count)
    {
        var (memory, length) = TableOf(count);
        return Recorder.Register(memory, length);
    }

    /// <summary>Makes a module that another version has woven, whose methods are not recorded.</summary>
    /// <returns>The id of its first method.</returns>
    public static int RegisterOther(int count)
    {
        var (memory, length) = TableOf(count);
        Marshal.WriteInt32(memory, MethodTableFormat.Version + 1);
        return Recorder.Register(memory, length);
    }

    /// <summary>The table of a module with <paramref name="count"/> methods, which nobody frees.</summary>
    public static (nint Memory, int Length) TableOf(int count)
    {
        var writer = new MethodTableWriter("Tests");
        for (var i = 0; i < count; i++)
            writer.Add(new("Random.cs", i + 1, "M" + i), resume: null);
        var table = writer.ToArray("AutoStart=false\n");
        var memory = Marshal.AllocHGlobal(table.Length);
        Marshal.Copy(table, 0, memory, table.Length);
        return (memory, table.Length);
    }
}
