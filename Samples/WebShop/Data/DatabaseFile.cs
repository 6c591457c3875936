using Microsoft.Data.Sqlite;

namespace WebShop.Data;

/// <summary>A database of the program's own, which is gone when it ends.</summary>
sealed class DatabaseFile : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("WebShop.");

    public string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "shop.db")}";

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
