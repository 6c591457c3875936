namespace ProfilerWeaver;

/// <summary>What a merged profile holds after the recording: in how many profiles each method occurs. Readers that do not know it stop
/// before it.</summary>
/// <remarks>
/// <code>
/// section   = magic (8 bytes: 89 'P' 'W' 'M' 0D 0A 1A 0A), version (int32), length of the body (int64),
///             body, CRC-32 of everything before it, from the magic on (int32)
/// body      = number of methods (varint), then for each: profiles, fewest calls, most calls (zigzags)
/// </code>
/// <para>The methods are those of <see cref="ProfSection"/>, in their order.</para>
/// </remarks>
static class OccurrenceSection
{
    public const int Version = 1;

    /// <inheritdoc cref="ProfSection.Magic"/>
    public static byte[] Magic => [0x89, (byte)'P', (byte)'W', (byte)'M', 0x0D, 0x0A, 0x1A, 0x0A];

    public static ByteWriter Write(IReadOnlyList<Occurrence> methods)
    {
        var body = new ByteWriter();
        body.Varint((ulong)methods.Count);
        for (var i = 0; i < methods.Count; i++)
        {
            body.Zigzag(methods[i].Profiles);
            body.Zigzag(methods[i].FewestCalls);
            body.Zigzag(methods[i].MostCalls);
        }
        return ProfSection.Write(Magic, Version, body);
    }
}
