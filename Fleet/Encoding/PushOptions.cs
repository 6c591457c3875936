namespace ProfilerWeaver;

/// <summary>How profiles are sent (<see cref="ProfilePush"/>, <see cref="ContinuousPush"/>). Secrets are not among it: they are taken from the
/// environment only, from <c>PROFILERWEAVER_PUSH_TOKEN</c>, or <c>_USER</c> and <c>_PASSWORD</c>, and <c>_TENANT</c>.</summary>
public sealed record PushOptions
{
    /// <summary>The name of the service; null: that of the program that was profiled.</summary>
    public string? Service { get; init; }

    /// <summary>Further labels: 24 at most, with keys of ASCII letters, digits and <c>_</c>. <c>machine</c> and <c>version</c> are there
    /// already, as the profile has them, and can be replaced.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>The folder in which profiles wait until they have arrived; null: one of the user. Several processes can have the
    /// same.</summary>
    public string? Spool { get; init; }

    /// <summary>How many bytes wait there at most. Beyond that the oldest profiles are dropped. Default: 256 MiB.</summary>
    public long SpoolLimit { get; init; } = 256 << 20;

    /// <summary>How long to try when the server does not answer, or cannot take anything at the moment. What has not arrived then stays in
    /// the spool, and is sent by the next push to the same place. Default: a minute; where a program is about to end, 5 seconds at
    /// most.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Is told, in a line each, what was not sent as it is, or not at all; null: a continuous push says it once on stderr, and
    /// otherwise nobody is told.</summary>
    public Action<string>? Report { get; init; }
}
