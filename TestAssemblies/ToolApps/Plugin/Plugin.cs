namespace Plugins;

public sealed class Greeter
{
    public static string Greet(string name) => $"hello, {name}";

    // What a plugin has beside itself.
    public static string Note() =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(typeof(Greeter).Assembly.Location)!, "note.txt"));
}
