using Google.Protobuf;

namespace ProfilerWeaver;

/// <summary>A collector of OpenTelemetry, by OTLP over HTTP. Its profiles are experimental.</summary>
/// <param name="address">That of the collector.</param>
sealed class Otlp(Uri address) : HttpDestination("otlp", ServerAddress.WithPath(address, Path))
{
    const string Path = "/v1development/profiles";

    public override PushItem Encode(PushedProfile profile, Action<string> pruned)
    {
        var body = Limited(profile, pruned, Write(profile, id: null));
        var id = PushId.Of(body.Bytes, Path);
        // Once more, with its id.
        body = Limited(profile, _ => { }, Write(profile, id));
        return new(id, profile.Title, Gzip.Compress(body.Bytes)) { ContentType = "application/x-protobuf", IsZipped = true };
    }

    protected override async Task<PushAnswer> Accepted(HttpResponseMessage response, CancellationToken cancellation)
    {
        var (rejected, message) = PartOf(await ReadBeginning(response, cancellation).ConfigureAwait(false));
        return rejected > 0 ? new(Outcome.Refused, Shown(message.Length > 0 ? message : "it took only a part")) : new(Outcome.Arrived);
    }

    static Action<ExportedProfile, Stream> Write(PushedProfile profile, Guid? id) =>
        new OtlpWriter(profile.Labels, profile.FromUtc, profile.Duration, id).Write;

    // What it says of what it did not take. An answer that cannot be read says that it has arrived, all the same.
    static (long Rejected, string Message) PartOf(byte[] response)
    {
        var (rejected, message) = (0L, "");
        try
        {
            var input = new CodedInputStream(response);
            while (input.ReadTag() is not 0 and var tag)
            {
                if (WireFormat.GetTagFieldNumber(tag) != OtlpField.Response.PartialSuccess)
                {
                    input.SkipLastField();
                    continue;
                }
                var part = input.ReadBytes().CreateCodedInput();
                while (part.ReadTag() is not 0 and var field)
                {
                    switch (WireFormat.GetTagFieldNumber(field))
                    {
                        case OtlpField.PartialSuccess.Rejected:
                            rejected = part.ReadInt64();
                            break;
                        case OtlpField.PartialSuccess.Message:
                            message = part.ReadString();
                            break;
                        default:
                            part.SkipLastField();
                            break;
                    }
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
        }
        return (rejected, message);
    }
}
