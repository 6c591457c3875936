using System.Text;

namespace ProfilerWeaver;

/// <summary>Writes a merged tree to a <see cref="RunFile"/>, which stays open.</summary>
sealed class RunWriter(Stream file) : ContextSink, IDisposable
{
    readonly BinaryWriter output = new(file, Encoding.UTF8, leaveOpen: true);
    int ended;

    public override void Enter(int method, in ContextFigures figures)
    {
        Span<long> numbers = stackalloc long[RunFile.Figures];
        RunFile.Store(figures, numbers);
        ushort used = 0;
        for (var i = 0; i < numbers.Length; i++)
            used |= (ushort)(numbers[i] == 0 ? 0 : 1 << i);
        output.Write7BitEncodedInt(ended);
        output.Write(used);
        output.Write7BitEncodedInt(method + 1);
        foreach (var number in numbers)
        {
            if (number != 0)
                output.Write7BitEncodedInt64(number << 1 ^ number >> 63);
        }
        ended = 0;
    }

    public override void Leave() => ended++;

    public void Dispose() => output.Dispose();
}
