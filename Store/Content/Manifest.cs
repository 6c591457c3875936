using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProfilerWeaver.Store;

/// <summary>What is in a store. It is replaced as a whole, and what it does not name does not count: this makes adding and
/// compacting atomic where files can be neither renamed nor locked.</summary>
/// <param name="Format">The format of the store.</param>
/// <param name="Segments">What it has.</param>
/// <param name="Replaced">What it had, whose files are yet to be deleted.</param>
sealed record Manifest(int Format, IReadOnlyList<Segment> Segments, IReadOnlyList<Segment> Replaced)
{
    /// <summary>The name of its file, from the place of the store on.</summary>
    public const string Key = "profilerweaver.store";

    const int CurrentFormat = 3;

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>That of a new store.</summary>
    public static Manifest Empty { get; } = new(CurrentFormat, [], []);

    /// <summary>Reads one.</summary>
    /// <param name="text">What <see cref="ToText"/> has written.</param>
    /// <param name="location">Where the store is.</param>
    /// <exception cref="StoreException">It is of another format, or damaged.</exception>
    public static Manifest Parse(string text, string location)
    {
        try
        {
            var root = JsonNode.Parse(text);
            var format = (int?)(root is JsonObject ? root["format"] : root);
            if (format is { } other and not CurrentFormat)
            {
                throw new StoreException($"{location} is a store of format {other}; this version of dotnet prof-store knows format {CurrentFormat}. " +
                    (other > CurrentFormat ? "Update it." : "Add the profiles to a new store."));
            }
            if (root.Deserialize<Manifest>(Options) is { Segments: not null, Replaced: not null } manifest)
                return manifest;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Said below.
        }
        throw new StoreException($"{location}: {Key}, which says what is in the store, is damaged. Restore it, or add the profiles to a new store.");
    }

    /// <summary>As it is kept: a segment a line, which is what a person looks for in it.</summary>
    public string ToText() =>
        $$"""{"format":{{Format}},"segments":[{{Lines(Segments)}}],"replaced":[{{Lines(Replaced)}}]}""" + "\n";

    /// <summary>With new segments in place of others.</summary>
    public Manifest With(IEnumerable<Segment> added, IReadOnlyCollection<Segment> replaced)
    {
        var gone = replaced.Select(segment => segment.Id).ToHashSet();
        return this with { Segments = [.. Segments.Where(segment => !gone.Contains(segment.Id)), .. added], Replaced = [.. Replaced, .. replaced] };
    }

    /// <summary>Without segments whose files are deleted.</summary>
    public Manifest Without(IReadOnlySet<string> ids) => this with { Replaced = [.. Replaced.Where(segment => !ids.Contains(segment.Id))] };

    /// <summary>Whether all of some segments are there.</summary>
    public bool Has(IReadOnlyCollection<Segment> segments)
    {
        var ids = segments.Select(segment => segment.Id).ToHashSet();
        return Segments.Count(segment => ids.Contains(segment.Id)) == ids.Count;
    }

    static string Lines(IReadOnlyList<Segment> segments) =>
        string.Join(',', segments.Select(segment => $"\n{JsonSerializer.Serialize(segment, Options)}"));
}
