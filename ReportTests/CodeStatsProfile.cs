namespace ProfilerWeaver.ReportTests;

/// <summary>A profile of the sample, which takes its time: the one that README's first command has left, or a new one.</summary>
static class CodeStatsProfile
{
    public static async Task<string> File(TemporaryFolder folder)
    {
        var left = Path.Combine(Browser.Root, "CodeStats.prof");
        if (System.IO.File.Exists(left))
            return left;
        var made = folder.File("CodeStats.prof");
        var (exitCode, _, errors) = await Browser.Prof("-o", made, "-m", "Samples/CodeStats");
        Assert.That(exitCode, Is.Zero, errors);
        return made;
    }
}
