using System.Globalization;
using System.Security.Cryptography;

namespace ProfilerWeaver.Store;

/// <summary>A profile as it is added: merged with nothing, so that sums over a store are what a merge of its files has.</summary>
/// <param name="Id">The SHA-256 of its file, in hexadecimal digits.</param>
/// <param name="Data">Its one tree, in nanoseconds and without what recording added.</param>
/// <param name="Parts">Of how many profiles it was merged; 1 if it was not.</param>
/// <param name="Labels">What is known of the run, and what was said when it was added.</param>
/// <param name="Partition">Where it is kept.</param>
sealed record AddedProfile(string Id, ProfileData Data, long Parts, IReadOnlyDictionary<string, string> Labels, Partition Partition)
{
    const string VersionLabel = "version";
    const string VersionFact = "program version";
    const string ServiceLabel = "service";
    const string UnknownService = "unknown";

    /// <summary>The version of what was profiled; null if it is not known.</summary>
    public string? Version => Labels.GetValueOrDefault(VersionLabel) ?? Labels.GetValueOrDefault(VersionFact);

    /// <summary>The id of a file with this content.</summary>
    public static string IdOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Reads a profile.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="id">The id of that.</param>
    /// <param name="service">What was profiled; null: a label says it, or else it is the program.</param>
    /// <param name="labels">Labels that go before what the profile says of its run.</param>
    /// <exception cref="InvalidProfileException">It is no profile, or is damaged.</exception>
    /// <exception cref="UnfitProfileException">It is one that a store cannot keep.</exception>
    public static AddedProfile Read(string file, byte[] content, string id, string? service, IEnumerable<KeyValuePair<string, string>> labels)
    {
        var recording = ProfFile.Read(new MemoryStream(content), file).Recording
            ?? throw new UnfitProfileException($"{file} has a table of methods only, without the call tree that a store keeps.");
        if (recording.Unit is not (ClockUnit.Seconds or ClockUnit.None))
        {
            throw new UnfitProfileException($"{file} measures {(recording.Unit == ClockUnit.Bytes ? "bytes" : "samples")}; a store keeps profiles of time, " +
                "and those that count calls only.");
        }
        using var merge = new ProfileMerge(long.MaxValue);
        merge.Add(recording);
        var data = merge.ToData();
        var parts = data.Environment.Single(fact => fact.Key == MergedFacts.Count).Value;
        var known = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in data.Environment.Where(fact => fact.Key != MergedFacts.Count).Concat(labels))
            known[key] = value;
        service ??= known.GetValueOrDefault(ServiceLabel) ?? data.Program;
        return new(id, data, long.Parse(parts, CultureInfo.InvariantCulture), known,
            new(service.Length > 0 ? service : UnknownService, DateOnly.FromDateTime(data.StartedUtc)));
    }
}
