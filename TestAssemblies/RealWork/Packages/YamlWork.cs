using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace RealWork;

static class YamlWork
{
    public sealed class Order
    {
        public string Customer { get; set; } = "";

        public DateTime Date { get; set; }

        public List<Line> Lines { get; set; } = [];

        public Dictionary<string, string> Notes { get; set; } = [];
    }

    public sealed class Line
    {
        public string Product { get; set; } = "";

        public double Price { get; set; }

        public int? Count { get; set; }
    }

    const string Text = """
        # An order
        customer: "Ann \u00e9"
        date: 2024-02-29T12:30:00
        unknown: [1, 0x1F, 0o17]
        lines:
          - &line
            product: apple
            price: 0.5
          - *line
          - { product: pear, price: 1e3, count: 4 }
          - product: |
              two
              lines
            price: .inf
        notes:
          truncated: >-
            one
            text
          empty: ~
        ...
        """;

    public static void Run(TextWriter output)
    {
        var deserializer = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance)
            .IgnoreUnmatchedProperties().Build();
        var serializer = new SerializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance)
            .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull).Build();
        var json = new SerializerBuilder().JsonCompatible().Build();
        var order = deserializer.Deserialize<Order>(Text);
        output.WriteLine(serializer.Serialize(order));
        output.WriteLine(json.Serialize(Enumerable.Repeat(order, 30)));
        var stream = new YamlStream();
        stream.Load(new StringReader(Text));
        foreach (var node in stream.Documents[0].AllNodes)
            output.WriteLine($"{node.Start} {node.NodeType} {node.Anchor} {node}");
        foreach (var wrong in new[] { "a: [1, 2", "a:\n\t- b", "*unknown", "lines: 5", "date: never" })
        {
            try
            {
                output.WriteLine(deserializer.Deserialize<Order>(wrong));
            }
            catch (YamlException e)
            {
                output.WriteLine($"{e.GetType().Name} {e.Start} {e.Message}");
            }
        }
    }
}
