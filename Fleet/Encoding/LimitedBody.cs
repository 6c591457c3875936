namespace ProfilerWeaver;

/// <summary>A profile within what servers take. What is larger has its least contexts put together, so that all sums stay.</summary>
/// <param name="Bytes">The profile, not compressed.</param>
/// <param name="Contexts">How many contexts there were.</param>
/// <param name="IsPruned">Whether some were put together.</param>
sealed record LimitedBody(byte[] Bytes, long Contexts, bool IsPruned)
{
    /// <summary>The limits in words.</summary>
    public const string Limits = "16,000 contexts, 1,000 methods deep, in 4 MiB";

    // Those of Pyroscope, unless who runs it has changed them: -validation.max-profile-... An OpenTelemetry collector takes as much.
    const int MostSamples = 16_000;
    const int MostBytes = 4 << 20;
    const int MostDepth = 1000;
    const int MostLabels = 100;

    // As many as possible, but for a hundredth.
    const int Precision = 100;

    /// <summary>Writes as much of a profile as is taken.</summary>
    /// <param name="stats">The profile.</param>
    /// <param name="write">Writes it in some format, not compressed.</param>
    /// <exception cref="InvalidOperationException">It has no call tree, or no part of it is taken.</exception>
    public static LimitedBody Write(Stats stats, Action<ExportedProfile, Stream> write)
    {
        var best = Write(stats, write, MostSamples);
        if (best.Bytes.Length <= MostBytes)
            return best;
        var (fits, tooMany) = (0, (int)Math.Min(MostSamples, best.Contexts));
        var next = (int)((long)tooMany * MostBytes / best.Bytes.Length);
        while (tooMany - fits > 1 + fits / Precision)
        {
            next = Math.Clamp(next, fits + 1, tooMany - 1);
            var written = Write(stats, write, next);
            if (written.Bytes.Length <= MostBytes)
                (fits, best) = (next, written);
            else
                tooMany = next;
            next = fits + (tooMany - fits) / 2;
        }
        return fits > 0 ? best : throw new InvalidOperationException($"It cannot be sent: servers take {MostBytes >> 20} MiB, and a single stack of it is larger.");
    }

    static LimitedBody Write(Stats stats, Action<ExportedProfile, Stream> write, int most)
    {
        var profile = new ExportedProfile(stats, new() { MaxNodes = most, MaxDepth = MostDepth, MaxLabels = MostLabels });
        using var bytes = new MemoryStream();
        write(profile, bytes);
        return new(bytes.ToArray(), profile.Contexts, profile.IsPruned);
    }
}
