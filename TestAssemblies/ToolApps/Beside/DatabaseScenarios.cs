using LiteDB;
using Microsoft.Data.Sqlite;
using static Program;

static class DatabaseScenarios
{
    static string LiteFile => PathOf("lite.db");

    static string SqliteFile => $"Data Source={PathOf("sqlite.db")};Pooling=False";

    public static void Sqlite_with_a_write_ahead_log() => Sqlite("WAL");

    public static void Sqlite_with_a_journal_that_is_deleted() => Sqlite("DELETE");

    public static void Sqlite_with_a_journal_that_is_kept() => Sqlite("PERSIST");

    public static void Sqlite_backup_and_vacuum()
    {
        using var database = OpenSqlite("WAL");
        Insert(database, 1);
        using (var backup = new SqliteConnection($"Data Source={PathOf("backup.db")};Pooling=False"))
        {
            backup.Open();
            database.BackupDatabase(backup);
        }
        Execute(database, "vacuum");
        Print(new FileInfo(PathOf("backup.db")).Length == new FileInfo(PathOf("sqlite.db")).Length);
    }

    public static void LiteDB_inserts_and_finds()
    {
        for (var i = 0; i < 3; i++)
        {
            using var database = new LiteDatabase(LiteFile);
            var notes = database.GetCollection("notes");
            notes.Insert(new BsonDocument { ["_id"] = i, ["text"] = new string('n', 5000) });
            Print($"{notes.Count()} notes");
        }
    }

    public static void LiteDB_adds_a_note()
    {
        using var database = new LiteDatabase(LiteFile);
        var notes = database.GetCollection("added");
        notes.Insert(new BsonDocument { ["text"] = "note" });
        Print($"{notes.Count()} notes");
    }

    public static void LiteDB_rolls_back_and_is_rebuilt()
    {
        using var database = new LiteDatabase(LiteFile);
        database.BeginTrans();
        database.GetCollection("notes").Insert(new BsonDocument { ["_id"] = 1 });
        database.Rollback();
        database.GetCollection("notes").Insert(new BsonDocument { ["_id"] = 2 });
        database.Rebuild();
        Print(database.GetCollection("notes").Count());
    }

    // Until it is killed. Each line says what has been committed.
    public static void Sqlite_commits_for_ever()
    {
        using var database = OpenSqlite("WAL");
        Commit(number => Insert(database, number), Rows(database).LastOrDefault());
    }

    public static void Sqlite_rows()
    {
        using var database = OpenSqlite("WAL");
        foreach (var row in Rows(database))
            Console.WriteLine(row);
    }

    public static void LiteDB_commits_for_ever()
    {
        using var database = new LiteDatabase(LiteFile);
        var rows = database.GetCollection("rows");
        Commit(number => rows.Insert(new BsonDocument { ["_id"] = number, ["text"] = new string('x', (int)(number % 700)) }),
            rows.Count() == 0 ? 0 : rows.Max().AsInt64);
    }

    public static void LiteDB_rows()
    {
        using var database = new LiteDatabase(LiteFile);
        foreach (var row in database.GetCollection("rows").FindAll())
            Console.WriteLine(row["_id"].AsInt64);
    }

    static void Commit(Action<long> insert, long last)
    {
        Console.WriteLine($"process {Environment.ProcessId}");
        for (var number = last + 1; ; number++)
        {
            insert(number);
            Console.WriteLine(number);
        }
    }

    static void Sqlite(string journal)
    {
        using (var database = OpenSqlite(journal))
        {
            using (var transaction = database.BeginTransaction())
            {
                Insert(database, 1);
                transaction.Commit();
            }
            using (database.BeginTransaction())
                Insert(database, 2);
            Insert(database, 3);
            Print(string.Join(' ', Directory.GetFiles(Folder, "sqlite.db*").Order(StringComparer.Ordinal)));
        }
        using var again = OpenSqlite(journal);
        Print(string.Join(' ', Rows(again)));
    }

    static SqliteConnection OpenSqlite(string journal)
    {
        var database = new SqliteConnection(SqliteFile);
        database.Open();
        Execute(database, "pragma journal_mode=" + journal);
        Execute(database, "create table if not exists rows (number integer primary key, text text)");
        return database;
    }

    static void Insert(SqliteConnection database, long number) =>
        Execute(database, $"insert into rows values ({number}, '{new string('x', (int)(number % 700))}')");

    static void Execute(SqliteConnection database, string text)
    {
        using var command = database.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    static List<long> Rows(SqliteConnection database)
    {
        using var command = database.CreateCommand();
        command.CommandText = "select number from rows order by number";
        using var reader = command.ExecuteReader();
        var rows = new List<long>();
        while (reader.Read())
            rows.Add(reader.GetInt64(0));
        return rows;
    }
}
