using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary>Something that the tool does, called by its name.</summary>
/// <param name="name">The word on the command line.</param>
/// <param name="examples">Command lines that its help shows.</param>
abstract class Verb(string name, params string[] examples)
{
    public string Name => name;

    public IReadOnlyList<string> Examples => examples;

    /// <summary>What the library reads, and calls.</summary>
    public abstract Command Create();
}
