namespace ProfilerWeaver.Store;

/// <summary>What the tool says, on stderr.</summary>
static class Messages
{
    /// <summary>Says something. Lines of it stay lines.</summary>
    public static void WriteLine(string message) =>
        Console.Error.WriteLine($"dotnet-prof-store: {string.Join('\n', message.TrimEnd('\n').Split('\n').Select(Printable.Text))}");
}
