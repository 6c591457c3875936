using System.Diagnostics;
using System.Reflection;
using Stock;

namespace Shop;

/// <summary>Does what a program may do; its first argument says what.</summary>
static class Program
{
    static int Main(string[] arguments)
    {
        switch (arguments.FirstOrDefault())
        {
            case "sell":
                Console.WriteLine(Total(arguments[1..]));
                return 0;
            case "surroundings":
                Console.WriteLine(string.Join('|', arguments[1..]));
                Console.WriteLine(Environment.CurrentDirectory);
                Console.WriteLine(Environment.GetEnvironmentVariable("SHOP"));
                Console.WriteLine(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "greeting.txt")));
                Console.Error.WriteLine("to stderr");
                return 0;
            case "read":
                Console.WriteLine(Total(Lines()));
                return 0;
            case "exit":
                Environment.Exit(int.Parse(arguments[1]));
                return 0;
            case "throw":
                return Fail();
            case "wait":
                Console.WriteLine($"waiting {Total(["tea"])}");
                Thread.Sleep(Timeout.Infinite);
                return 0;
            case "fail":
                Environment.FailFast($"on fire at {Total(["tea"])}");
                return 0;
            case "spawn":
                return Spawn(["sell", "coffee"], waits: arguments.Length == 1);
            case "move":
                Directory.SetCurrentDirectory(arguments[1]);
                return Total(["tea"]) - 3;
            case "leave nothing":
                Directory.Delete(Environment.CurrentDirectory, recursive: true);
                Console.WriteLine(Total(["tea"]));
                return 0;
            case "dependencies":
                Console.WriteLine(Libraries());
                return 0;
            default:
                return Api.Serve(arguments);
        }
    }

    static int Total(IEnumerable<string> wares) => wares.Sum(Shelf.Price);

    static IEnumerable<string> Lines()
    {
        while (Console.ReadLine() is { } line)
            yield return line;
    }

    static int Fail() => throw new InvalidOperationException("sold out");

    static int Libraries() =>
        Microsoft.Extensions.DependencyModel.DependencyContext.Default!.RuntimeLibraries.Count(library => library.Name == "Stock");

    static int Spawn(string[] arguments, bool waits)
    {
        using var child = Process.Start(Environment.ProcessPath!, [Assembly.GetExecutingAssembly().Location, .. arguments]);
        if (!waits)
            return 0;
        child.WaitForExit();
        return child.ExitCode;
    }
}
