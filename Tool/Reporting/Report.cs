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

    /// <summary>Prints a table: fitted to the terminal if stdout is one, as pstats has it if not.</summary>
    /// <returns>0, or the exit code for an output that was closed.</returns>
    public static int Print(ReportRequest request, string format = "text")
    {
        if (format == "text" && !Console.IsOutputRedirected)
        {
            if (request.Content == ReportContent.Tree)
                TerminalTree.Write(request.Stats, request.Tree, AnsiConsole.Console);
            else
                TerminalTable.Write(request, AnsiConsole.Console);
            return 0;
        }
        try
        {
            using var stream = OpenOutput();
            Write(request, format, stream);
            return 0;
        }
        catch (IOException e) when (e.HResult is BrokenPipe or BrokenPipeOnWindows or ClosedPipeOnWindows)
        {
            return BrokenPipe;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Messages.WriteLine($"dotnet-prof: error: the report cannot be written to stdout: {e.Message}");
            return ToolException.Failure;
        }
    }

    // The console swallows the error of a closed pipe; a file stream does not move the position of a file that it shares.
    static Stream OpenOutput()
    {
        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek || OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : stream;
    }

    static void Write(ReportRequest request, string format, Stream stream)
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
        switch (format, request.Content)
        {
            case ("csv", _): MachineFormats.WriteCsv(request, output); break;
            case ("markdown", _): MachineFormats.WriteMarkdown(request, output); break;
            case (_, ReportContent.Callers): request.Stats.PrintCallers(output, restrictions); break;
            case (_, ReportContent.Callees): request.Stats.PrintCallees(output, restrictions); break;
            case (_, ReportContent.Tree): request.Stats.PrintTree(output, request.Tree); break;
            default: request.Stats.PrintStats(output, restrictions); break;
        }
    }
}
