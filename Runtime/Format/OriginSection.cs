namespace ProfilerWeaver;

/// <summary>What a profile holds after the recording of the origins of its methods. Readers that do not know it stop before it.</summary>
/// <remarks>
/// <code>
/// section   = magic (8 bytes: 89 'P' 'W' 'O' 0D 0A 1A 0A), version (int32), length of the body (int64),
///             body, CRC-32 of everything before it, from the magic on (int32)
/// body      = assemblies: count (varint), then each: number of bytes (varint), UTF-8;
///             number of methods (varint), then for each: index of its assembly + 1 (varint; 0: nothing is known), and if that is
///             not 0: length of the type in its name, in UTF-16 units (varint), kind (varint: MethodKind)
/// </code>
/// <para>The methods are those of <see cref="ProfSection"/>, in their order.</para>
/// </remarks>
static class OriginSection
{
    public const int Version = 1;

    /// <inheritdoc cref="ProfSection.Magic"/>
    public static byte[] Magic => [0x89, (byte)'P', (byte)'W', (byte)'O', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The section; null if no method has an origin.</summary>
    public static ByteWriter? Write(IReadOnlyList<MethodLabel> methods)
    {
        var assemblies = new StringTable();
        var origins = new ByteWriter();
        var isAny = false;
        for (var i = 0; i < methods.Count; i++)
        {
            if (methods[i].Origin is not { } origin)
            {
                origins.Varint(0);
                continue;
            }
            isAny = true;
            origins.Varint(assemblies.IndexOf(origin.Assembly) + 1);
            origins.Varint((ulong)origin.TypeLength);
            origins.Varint((ulong)origin.Kind);
        }
        if (!isAny)
            return null;
        var body = assemblies.Write();
        body.Varint((ulong)methods.Count);
        body.Append(origins);
        return ProfSection.Write(Magic, Version, body);
    }
}
