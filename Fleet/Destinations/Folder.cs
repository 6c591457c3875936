namespace ProfilerWeaver;

/// <summary>A folder, in which each profile is a file named by its id: whoever looks meets whole files only.</summary>
/// <param name="path">Its path.</param>
sealed class Folder(string path) : Destination
{
    readonly string full = Path.GetFullPath(path);

    public override string Name => full;

    public override string Identity => full;

    public override PushItem Encode(PushedProfile profile, Action<string> pruned)
    {
        var content = Write(profile);
        return new(PushId.Of(content), profile.Title, content);
    }

    public override Task<PushAnswer> Send(PushItem item, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(full);
            var target = Path.Combine(full, item.Id + ".prof");
            if (!File.Exists(target))
                AtomicFile.Write(target, stream => stream.Write(item.Content));
            return Task.FromResult(new PushAnswer(Outcome.Arrived));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(new PushAnswer(Outcome.Later, e.Message.TrimEnd('.')));
        }
    }

    // What the user has chosen is among what is known of the run.
    static byte[] Write(PushedProfile profile)
    {
        var run = profile.Stats.OnlyRecording!;
        using var content = new MemoryStream();
        ProfFile.Write(run with { Environment = [.. run.Environment, .. profile.Labels.Given] }, content);
        return content.ToArray();
    }
}
