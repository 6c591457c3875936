using System.Text;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary>Prints tables to stdout.</summary>
static class Report
{
    /// <summary>The formats by name; the first is for people.</summary>
    public static readonly string[] Formats = ["text", "json", "csv", "markdown"];

    // What the shell says of a program that writes to a closed pipe: the number of EPIPE.
    const int BrokenPipe = 32;
    const int BrokenPipeOnWindows = unchecked((int)0x8007006D), ClosedPipeOnWindows = unchecked((int)0x800700E8);

    /// <summary>Whether text is for people at a terminal.</summary>
    public static bool IsAtTerminal => !Console.IsOutputRedirected;

    /// <summary>Prints reports: text fitted to the terminal if stdout is one, as pstats has it if not.</summary>
    /// <param name="requests">Several as text only.</param>
    /// <returns>0, or the exit code for an output that was closed.</returns>
    /// <exception cref="ToolException">There is no call tree to print.</exception>
    public static int Print(IReadOnlyList<ReportRequest> requests, string format)
    {
        try
        {
            return Print(format == Formats[0], stream =>
            {
                foreach (var request in requests)
                {
                    if (stream is null)
                        WriteToTerminal(request);
                    else
                        Write(request, format, stream);
                }
            });
        }
        catch (InvalidOperationException e)
        {
            throw new ToolException(e.Message, cause: e);
        }
    }

    /// <summary>Prints something to stdout.</summary>
    /// <param name="isText">Whether it is text for people.</param>
    /// <param name="write">Writes it; text to a terminal if there is no stream.</param>
    /// <returns>0, or the exit code for an output that was closed or cannot be written.</returns>
    public static int Print(bool isText, Action<Stream?> write)
    {
        try
        {
            if (isText && IsAtTerminal)
            {
                write(null);
                return 0;
            }
            using var stream = OpenOutput(OperatingSystem.IsWindows());
            write(stream);
            return 0;
        }
        catch (IOException e) when (e.HResult is BrokenPipe or BrokenPipeOnWindows or ClosedPipeOnWindows)
        {
            return BrokenPipe;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Messages.WriteLine($"dotnet-prof: error: the report cannot be written to stdout: {StandardOutput.WhyNot(e)}");
            return ToolException.Failure;
        }
    }

    static void WriteToTerminal(ReportRequest request)
    {
        var console = AnsiConsole.Console;
        if (request.Heading is { } heading)
            console.WriteLine(heading, new Style(decoration: Decoration.Bold));
        if (request.Content == ReportContent.Tree)
            TerminalTree.Write(request.Stats, request.Tree, console);
        else
            TerminalTable.Write(request, console);
        if (request.Rest is { } rest)
            console.WriteLine(rest, new Style(Color.Grey));
        if (request.Note is { } note)
            console.WriteLine(note, new Style(Color.Grey));
        if (request.Heading is not null)
            console.WriteLine();
    }

    // The console swallows the error of a closed pipe; a file stream does not move the position of a file that it shares.
    internal static Stream OpenOutput(bool isWindows)
    {
        // There handles are no small numbers, and 1 is none.
        if (isWindows)
            return Console.OpenStandardOutput();
        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }

    /// <summary>Writes a report to a stream, which stays open.</summary>
    /// <param name="request">The report.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="stream">Where to.</param>
    public static void Write(ReportRequest request, string format, Stream stream)
    {
        if (format == "json")
        {
            MachineFormats.WriteJson(request, stream);
            stream.WriteByte((byte)'\n');
            return;
        }
        // Halves of surrogate pairs, in which Python keeps the bytes of file names that are not UTF-8, become U+FFFD as in JSON.
        using var output = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        Restriction[] restrictions = [.. request.Restrictions];
        if (request.Heading is { } heading)
            output.WriteLine(heading);
        switch (format, request.Content)
        {
            case ("csv", _): MachineFormats.WriteCsv(request, output); break;
            case ("markdown", _): MachineFormats.WriteMarkdown(request, output); break;
            case (_, ReportContent.Callers): request.Stats.PrintCallers(output, restrictions); break;
            case (_, ReportContent.Callees): request.Stats.PrintCallees(output, restrictions); break;
            case (_, ReportContent.Tree): request.Stats.PrintTree(output, request.Tree); break;
            case (_, ReportContent.Methods) when request.Columns is not null: WriteColumns(request, output); break;
            default: request.Stats.PrintStats(output, restrictions); break;
        }
        if (request.Rest is { } rest)
            output.WriteLine(rest);
        if (format == Formats[0] && request.NoteOfPlainText is { } note)
            output.WriteLine(note);
    }

    // pstats has the same columns always.
    static void WriteColumns(ReportRequest request, TextWriter output)
    {
        var format = request.Stats.Format;
        var columns = FigureColumn.ForPeople(request).ToList();
        var table = new TextTable(
            [.. columns.Select(column => new TextColumn(column.TitleFor(format), IsNumber: true)), new(TerminalTable.LabelTitle)]);
        foreach (var row in request.Rows())
            table.Add([.. columns.Select(column => column.TextFor(format, row.Figures)), row.Label.ToPrintable()]);
        table.WritePlain(output);
    }
}
