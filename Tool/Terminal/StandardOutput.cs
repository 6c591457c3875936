using System.Text;

namespace ProfilerWeaver.Tool;

/// <summary>What verbs print. If that cannot be done, the error says what failed: that of .NET names no file.</summary>
sealed class StandardOutput : TextWriter
{
    readonly TextWriter inner;

    StandardOutput(TextWriter inner) => this.inner = inner;

    public override Encoding Encoding => inner.Encoding;

    /// <summary>From now on, <see cref="Console.Out"/> is one.</summary>
    public static void Begin() => Console.SetOut(new StandardOutput(Console.Out));

    /// <summary>Why something could not be written to stdout, as a sentence.</summary>
    public static string WhyNot(Exception e) => e is UnauthorizedAccessException ? "it is closed." : WriteFailure.Reason(e);

    public override void Write(char value) => Do(() => inner.Write(value));

    public override void Write(string? value) => Do(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Do(() => inner.Write(buffer, index, count));

    public override void WriteLine(string? value) => Do(() => inner.WriteLine(value));

    public override void Flush() => Do(inner.Flush);

    /// <summary>Does something that writes to stdout.</summary>
    /// <exception cref="ToolException">That cannot be done.</exception>
    public static void Do(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"nothing can be written to stdout: {WhyNot(e)}", cause: e);
        }
    }
}
