using System.IO.Compression;
using System.Text;

namespace ProfilerWeaver.Tests.Fleet;

/// <summary>What a request brings, as far as a server's limits are about it, and its sums. It is read by the numbers of fields in the
/// public schemas, not by what writes them.</summary>
sealed class PushedBody
{
    PushedBody(byte[] profile, int samples, int depth, int labels, Dictionary<string, long> sums) =>
        (Profile, Samples, Depth, Labels, Sums) = (profile, samples, depth, labels, sums);

    /// <summary>The profile, not compressed.</summary>
    public byte[] Profile { get; }

    /// <summary>How many samples a profile of it has at most.</summary>
    public int Samples { get; }

    /// <summary>How long the longest stack is.</summary>
    public int Depth { get; }

    /// <summary>How many labels a sample has at most.</summary>
    public int Labels { get; }

    /// <summary>The sum of each figure.</summary>
    public Dictionary<string, long> Sums { get; }

    /// <summary>The labels of the series, where they are in the body.</summary>
    public Dictionary<string, string> Series { get; private init; } = [];

    /// <summary>The id, where it is in the body.</summary>
    public string? Id { get; private init; }

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="FormatException">It is not what its address takes.</exception>
    public static PushedBody Read(PushRequest request) => request.Path switch
    {
        "/ingest" => OfPprof(PartOf(request.Body, request.Header("Content-Type")!, "profile")),
        "/push.v1.PusherService/Push" => OfPush(request.Body),
        "/v1development/profiles" => OfOtlp(request.Header("Content-Encoding") == "gzip" ? Unzip(request.Body) : request.Body),
        var path => throw new FormatException($"nothing is taken at {path}"),
    };

    static PushedBody OfPush(byte[] body)
    {
        var series = new Wire(body).Messages(1).Single();
        var sample = series.Messages(2).Single();
        var profile = OfPprof(sample.Bytes(1).Single());
        return new(profile.Profile, profile.Samples, profile.Depth, profile.Labels, profile.Sums)
        {
            Series = series.Messages(1).ToDictionary(pair => pair.Texts(1).Single(), pair => pair.Texts(2).Single()),
            Id = sample.Texts(2).Single(),
        };
    }

    static PushedBody OfPprof(byte[] zipped)
    {
        var bytes = Unzip(zipped);
        var profile = new Wire(bytes);
        var texts = profile.Texts(6).ToArray();
        var types = profile.Messages(1).Select(type => texts[type.Number(1)]).ToArray();
        var samples = profile.Messages(2).ToArray();
        var sums = types.ToDictionary(type => type, _ => 0L);
        foreach (var sample in samples)
        {
            var values = sample.Packed(2);
            for (var i = 0; i < types.Length; i++)
                sums[types[i]] += values[i];
        }
        return new(bytes, samples.Length, samples.Max(sample => sample.Packed(1).Count), samples.Max(sample => sample.Bytes(3).Count()), sums);
    }

    static PushedBody OfOtlp(byte[] bytes)
    {
        var request = new Wire(bytes);
        var dictionary = request.Messages(2).Single();
        var texts = dictionary.Texts(5).ToArray();
        var resource = request.Messages(1).Single();
        var profiles = resource.Messages(2).Single().Messages(2).ToArray();
        var samples = profiles.Select(profile => profile.Messages(2).ToArray()).ToArray();
        return new(bytes, samples.Max(own => own.Length), dictionary.Messages(7).Max(stack => stack.Packed(1).Count),
            samples.SelectMany(own => own).Max(sample => sample.Packed(2).Count),
            profiles.Zip(samples).ToDictionary(pair => texts[pair.First.Messages(1).Single().Number(1)],
                pair => pair.Second.Sum(sample => sample.Packed(4).Single())))
        {
            Series = resource.Messages(1).Single().Messages(1)
                .ToDictionary(pair => pair.Texts(1).Single(), pair => pair.Messages(2).Single().Texts(1).Single()),
            Id = new Guid(profiles[0].Bytes(7).Single(), bigEndian: true).ToString(),
        };
    }

    /// <summary>A file of a form.</summary>
    public static byte[] PartOf(byte[] form, string contentType, string name)
    {
        var boundary = Encoding.ASCII.GetBytes("--" + contentType[(contentType.IndexOf("boundary=", StringComparison.Ordinal) + "boundary=".Length)..]);
        var part = form.AsSpan(form.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"name=\"{name}\"")));
        part = part[(part.IndexOf("\r\n\r\n"u8) + 4)..];
        return part[..(part.IndexOf(boundary) - 2)].ToArray();
    }

    static byte[] Unzip(byte[] zipped)
    {
        using var result = new MemoryStream();
        using (var zip = new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress))
            zip.CopyTo(result);
        return result.ToArray();
    }
}
