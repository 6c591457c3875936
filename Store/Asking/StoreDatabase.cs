using DuckDB.NET.Data;

namespace ProfilerWeaver.Store;

/// <summary>DuckDB, in memory, with the tables of a store as views.</summary>
sealed class StoreDatabase : IDisposable
{
    /// <summary>What is the same in all rows of a profile.</summary>
    public const string IdWithPartition = "(profile_id, service, day)";

    readonly DuckDBConnection connection;

    StoreDatabase(DuckDBConnection connection) => this.connection = connection;

    /// <summary>Opens the tables of a store.</summary>
    /// <exception cref="StoreException">There is no profile in it, or it is being changed by a process that has ended.</exception>
    public static StoreDatabase Open(StoreFolder store)
    {
        if (store.IsInterrupted)
            throw new StoreException($"{store.Location} was being compacted when that was interrupted, and lacks something. dotnet prof-store compact --store {store.Location} finishes it.");
        if (!HasProfiles(store))
            throw new StoreException($"{store.Location} has no profiles. dotnet prof-store add FILES --to {store.Location} adds some.");
        var connection = new DuckDBConnection("DataSource=:memory:");
        var database = new StoreDatabase(connection);
        connection.Open();
        // Nothing is fetched from anywhere, and a day is the same everywhere.
        database.Execute("set autoinstall_known_extensions = false; set autoload_known_extensions = false; set TimeZone = 'UTC'; " +
            $"set temp_directory = {Literal(Path.Combine(Path.GetTempPath(), $"dotnet-prof-store.{Environment.ProcessId}"))}");
        foreach (var table in StoreTable.All.Reverse())
        {
            // What was not added to its end has no row in profiles, or one in another part.
            var whole = table == StoreTable.Profiles ? "" : $"where {IdWithPartition} in (select {IdWithPartition} from profiles)";
            database.Execute($"create view {table} as select * from {Source(Literal(store.PatternOf(table)))} {whole}");
        }
        return database;
    }

    /// <summary>What SQL calls the rows of some files, with their service and day.</summary>
    /// <param name="files">The files as SQL has them.</param>
    public static string Source(string files) =>
        $"read_parquet({files}, hive_partitioning = true, hive_types = {{'service': varchar, 'day': date}}, union_by_name = true)";

    /// <summary>Whether there is anything to open.</summary>
    public static bool HasProfiles(StoreFolder store) => Directory.Exists(store.FolderOf(StoreTable.Profiles))
        && Directory.EnumerateFiles(store.FolderOf(StoreTable.Profiles), "*.parquet", SearchOption.AllDirectories).Any();

    /// <summary>A text as SQL has it.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Runs statements.</summary>
    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Asks something.</summary>
    /// <param name="sql">The question.</param>
    /// <param name="values">What its parameters, $1 and so on, stand for.</param>
    /// <exception cref="StoreException">DuckDB does not understand it, or cannot answer it.</exception>
    public Answer Ask(string sql, params IEnumerable<object> values)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var value in values)
                command.Parameters.Add(new DuckDBParameter(value));
            using var reader = command.ExecuteReader();
            return Answer.Read(reader);
        }
        catch (DuckDBException e)
        {
            throw new StoreException(e.Message, cause: e);
        }
    }

    public void Dispose() => connection.Dispose();
}
