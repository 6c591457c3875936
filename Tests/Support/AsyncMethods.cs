using System.Runtime.InteropServices;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Support;

/// <summary>Async methods A0, A1, … that exist only for the recorder, which tests enter as woven state machines would.</summary>
static class AsyncMethods
{
    public const int Count = 8;

    static readonly int s_firstId = Register();

    /// <summary>The id of a method; that of its resumes follows.</summary>
    public static int IdOf(int method) => s_firstId + 2 * method;

    static int Register()
    {
        var writer = new MethodTableWriter("Tests");
        for (var i = 0; i < Count; i++)
            writer.Add(new("Random.cs", i + 1, "A" + i), Weaving.EntryKind.AsyncResume);
        var table = writer.ToArray("AutoStart=false\n");
        var memory = Marshal.AllocHGlobal(table.Length);
        Marshal.Copy(table, 0, memory, table.Length);
        return Recorder.Register(memory, table.Length);
    }
}
