using System.Globalization;
using System.Resources;

Console.WriteLine(Words.Greeting("fr"));
Console.WriteLine(Database.Answer());

static class Words
{
    static readonly ResourceManager Resources = new("Localized.Words", typeof(Words).Assembly);

    public static string? Greeting(string culture) => Resources.GetString("Greeting", CultureInfo.GetCultureInfo(culture));
}

static class Database
{
    public static int Answer()
    {
        SQLitePCL.Batteries_V2.Init();
        return SQLitePCL.raw.sqlite3_libversion_number() / 1000000;
    }
}
