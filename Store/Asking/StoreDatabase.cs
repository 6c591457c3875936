using DuckDB.NET.Data;

namespace ProfilerWeaver.Store;

/// <summary>DuckDB, in memory.</summary>
sealed class StoreDatabase : IDisposable
{
    /// <summary>How much memory it may take if nothing else is said.</summary>
    public const long DefaultMemory = 1L << 30;

    readonly DuckDBConnection connection;
    readonly long memory;
    readonly DirectoryInfo spilled;

    StoreDatabase(DuckDBConnection connection, long memory, DirectoryInfo spilled) =>
        (this.connection, this.memory, this.spilled) = (connection, memory, spilled);

    /// <summary>Starts it.</summary>
    /// <param name="memory">How many bytes of memory it may take; what needs more goes to temporary files, or ends.</param>
    public static StoreDatabase Open(long memory)
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        var spilled = Directory.CreateTempSubdirectory("dotnet-prof-store.");
        connection.Open();
        var database = new StoreDatabase(connection, memory, spilled);
        // Nothing is fetched from anywhere, and a day is the same everywhere.
        database.Execute("set autoinstall_known_extensions = false; set autoload_known_extensions = false; set TimeZone = 'UTC'; " +
            FormattableString.Invariant($"set memory_limit = '{memory >> 10}KiB'; set temp_directory = {Literal(spilled.FullName)}"));
        return database;
    }

    /// <summary>What SQL calls the rows of some files, with their service and day.</summary>
    public static string Source(IEnumerable<string> files) =>
        $"read_parquet([{string.Join(", ", files.Select(Literal))}], hive_partitioning = true, hive_types = {{'service': varchar, 'day': date}}, union_by_name = true)";

    /// <summary>A text as SQL has it.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Shows the rows of some files as a table.</summary>
    /// <param name="condition">Which rows.</param>
    public void CreateView(string table, IEnumerable<string> files, string condition = "true") =>
        Execute($"create or replace view {table} as select * from {Source(files)} where {condition}");

    /// <summary>Runs statements.</summary>
    /// <exception cref="StoreException">DuckDB does not understand them, or cannot do them.</exception>
    public void Execute(string sql, params IEnumerable<object> values) => Try(sql, values, command => command.ExecuteNonQuery());

    /// <summary>Asks something.</summary>
    /// <param name="sql">The question.</param>
    /// <param name="values">What its parameters, $1 and so on, stand for.</param>
    /// <exception cref="StoreException">DuckDB does not understand it, or cannot answer it.</exception>
    public Answer Ask(string sql, params IEnumerable<object> values) => Try(sql, values, command =>
    {
        // Row by row: DuckDB would keep all of them, and so does the answer.
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        return Answer.Read(reader, memory);
    });

    public void Dispose()
    {
        connection.Dispose();
        spilled.Delete(recursive: true);
    }

    T Try<T>(string sql, IEnumerable<object> values, Func<DuckDBCommand, T> run)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var value in values)
                command.Parameters.Add(new DuckDBParameter(value));
            return run(command);
        }
        catch (DuckDBException e) when (e.Message.Contains("Out of Memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new StoreException($"this takes more than {AutoUnits.Bytes(memory)} of memory, or than the disk of {Path.GetTempPath()} has room for. " +
                "Give it more by --memory SIZE, or choose fewer profiles or columns; joins of large tables need an equality on each side.", cause: e);
        }
        catch (DuckDBException e)
        {
            throw new StoreException(e.Message, cause: e);
        }
    }
}
