using System.CommandLine;

namespace ProfilerWeaver.Store;

/// <summary>The tool <c>dotnet prof-store</c>.</summary>
static class Program
{
    static async Task<int> Main(string[] arguments)
    {
        var root = new RootCommand("Keep any number of profiles as Parquet, and query them in SQL.")
        {
            AddVerb.Create(), QueryVerb.Create(), RowsVerb.Create(), DiffVerb.Create(), TrendVerb.Create(), CompactVerb.Create(), ExpireVerb.Create(),
        };
        // A file may be called @name; arguments are not read from it.
        var parsed = root.Parse(arguments, new() { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
            return Complain($"{Misspelling.In(arguments, parsed) ?? parsed.Errors[0].Message} See dotnet prof-store --help.", StoreException.Usage);
        try
        {
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
        }
        catch (StoreException e)
        {
            return Complain(e.Message, e.ExitCode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidProfileException or OperationCanceledException or UnfitProfileException
            or DuckDB.NET.Data.DuckDBException)
        {
            return Complain(e.Message, StoreException.Failure);
        }
    }

    static int Complain(string message, int exitCode)
    {
        Messages.WriteLine($"error: {message}");
        return exitCode;
    }
}
