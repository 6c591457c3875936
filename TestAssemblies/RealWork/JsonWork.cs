using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace RealWork;

static class JsonWork
{
    public enum Color
    {
        Red,
        Blue,
    }

    public sealed record Item(string Name, decimal Price, Color Color, DateTime Made, int[]? Sizes, Dictionary<string, object?> More);

    public sealed class Node
    {
        public int Id { get; set; }

        public List<Node> Children { get; } = [];

        [JsonIgnore]
        public string Secret { get; set; } = "secret";

        [JsonProperty("nick", NullValueHandling = NullValueHandling.Ignore)]
        public string? NickName { get; set; }

        public bool ShouldSerializeChildren() => Children.Count > 0;
    }

    public static void Run(TextWriter output)
    {
        var settings = new JsonSerializerSettings
        {
            ContractResolver = new CamelCasePropertyNamesContractResolver(),
            Converters = { new StringEnumConverter() },
            Formatting = Formatting.Indented,
            TypeNameHandling = TypeNameHandling.None,
            PreserveReferencesHandling = PreserveReferencesHandling.None,
        };
        var items = Enumerable.Range(0, 40).Select(index => new Item($"item \"{index}\" \u20ac", index * 1.25m,
            (Color)(index % 2), new DateTime(2020, 1, 1 + index % 28, index % 24, 0, 0, DateTimeKind.Utc),
            index % 3 == 0 ? null : [index, -index], new() { ["a"] = index, ["b"] = null, ["c"] = new[] { "x", "y" } })).ToList();
        var text = JsonConvert.SerializeObject(items, settings);
        var again = JsonConvert.SerializeObject(JsonConvert.DeserializeObject<List<Item>>(text, settings), settings);
        output.WriteLine(text);
        output.WriteLine(text == again);

        var array = JArray.Parse(text);
        output.WriteLine(string.Join(",", array.SelectTokens("$[?(@.price > 20 && @.color == 'Red')].name")));
        output.WriteLine(new JObject(array.Children<JObject>().GroupBy(item => (string)item["color"]!)
            .Select(group => new JProperty(group.Key, group.Sum(item => (decimal)item["price"]!)))));

        var root = new Node { Id = 1, NickName = "root", Children = { new() { Id = 2 }, new() { Id = 3, Children = { new() { Id = 4 } } } } };
        output.WriteLine(JsonConvert.SerializeObject(root));
        output.WriteLine(JsonConvert.DeserializeXNode(JsonConvert.SerializeObject(new { doc = root }))!.ToString());
        dynamic loose = JObject.Parse("{ 'a': { 'b': [1, 2.5, 'three', true, null] } } // comment");
        output.WriteLine($"{loose.a.b[0] + 1} {loose.a.b.Count} {loose.a.missing == null}");
        foreach (var wrong in new[] { "{", "[1,,2]", "{\"price\": \"x\"}", "{'a':1}{" })
        {
            try
            {
                output.WriteLine(JsonConvert.DeserializeObject<Item>(wrong));
            }
            catch (JsonException e)
            {
                output.WriteLine($"{e.GetType().Name}: {e.Message}");
            }
        }
    }
}
