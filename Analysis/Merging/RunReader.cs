using System.Text;

namespace ProfilerWeaver;

/// <summary>Reads a <see cref="RunFile"/> context by context, which stays open.</summary>
sealed class RunReader : IDisposable
{
    const int AboveRoot = -1;

    readonly BinaryReader input;
    readonly long length;

    /// <summary>Begins at the root.</summary>
    public RunReader(Stream file)
    {
        file.Position = 0;
        length = file.Length;
        input = new(file, Encoding.UTF8, leaveOpen: true);
        Depth = AboveRoot;
        Next();
    }

    /// <summary>How many contexts lie above the current one; -1 behind the last one.</summary>
    public int Depth { get; private set; }

    /// <summary>The number of the current context's method; -1 for the root.</summary>
    public int Method { get; private set; }

    /// <summary>The current context's figures.</summary>
    public ContextFigures Figures { get; private set; }

    /// <summary>Goes to the next context in preorder.</summary>
    public void Next()
    {
        if (input.BaseStream.Position == length)
        {
            Depth = AboveRoot;
            return;
        }
        Depth += 1 - input.Read7BitEncodedInt();
        var used = input.ReadUInt16();
        Method = input.Read7BitEncodedInt() - 1;
        Span<long> numbers = stackalloc long[RunFile.Figures];
        for (var i = 0; i < numbers.Length; i++)
        {
            var number = (used >> i & 1) == 0 ? 0 : (ulong)input.Read7BitEncodedInt64();
            numbers[i] = (long)(number >> 1) ^ -(long)(number & 1);
        }
        Figures = RunFile.Load(numbers);
    }

    public void Dispose() => input.Dispose();
}
