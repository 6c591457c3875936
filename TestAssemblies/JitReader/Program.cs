using ProfilerWeaver.Tool;

namespace JitReader;

/// <summary>
/// Makes the JIT read every method body of an assembly: <c>dotnet JitReader.dll assembly folder…</c>. What the assembly
/// references is looked for in the folders. Prints a line <c>method: exception</c> for each body that was refused, and last
/// how many were read.
/// </summary>
static class Program
{
    static void Main(string[] arguments)
    {
        var reader = BodyReader.Of(arguments[0], arguments[1..]);
        foreach (var line in reader.Refused.Concat(reader.Unread))
            Console.WriteLine(line);
        Console.WriteLine($"{reader.Read} bodies read");
    }
}
