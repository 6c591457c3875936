using System.Text.Json;

namespace ProfilerWeaver.ReportTests;

/// <summary>What <c>dotnet prof stats --format json</c> says of a profile.</summary>
sealed class Statistics(JsonElement root)
{
    public static async Task<Statistics> Of(string profile, params string[] options)
    {
        var (exitCode, output, errors) = await Browser.Prof(["stats", profile, "--format", "json", .. options]);
        Assert.That(exitCode, Is.Zero, errors);
        return new(JsonDocument.Parse(output, new() { MaxDepth = 1000 }).RootElement);
    }

    public long Calls => root.GetProperty("calls").GetInt64();

    public double Total => root.GetProperty("total").GetDouble();

    public IReadOnlyList<Node> Methods => [.. root.GetProperty("methods").EnumerateArray().Select(method => new Node(method))];

    public IReadOnlyList<Node> Tree => [.. root.GetProperty("tree").EnumerateArray().Select(context => new Node(context))];

    /// <summary>A method, a context, or a caller's share.</summary>
    public sealed class Node(JsonElement element)
    {
        /// <summary>The name as the report shows it.</summary>
        public string Name => element.GetProperty("name").GetString()! is ['<', .. var inner, '>'] && File == "~" ? inner : element.GetProperty("name").GetString()!;

        public string File => element.GetProperty("file").GetString()!;

        public int Line => element.GetProperty("line").GetInt32();

        public double this[string figure] => element.GetProperty(figure).GetDouble();

        public IReadOnlyList<Node> Callers => Nodes("callers");

        public IReadOnlyList<Node> Callees => Nodes("callees");

        List<Node> Nodes(string name) => [.. element.GetProperty(name).EnumerateArray().Select(node => new Node(node))];
    }
}
