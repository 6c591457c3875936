using System.Diagnostics;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests;

/// <summary>Packages that come from npm, in the versions of a <c>package.json</c>; installed once.</summary>
static class NpmFolder
{
    /// <summary>Installs them.</summary>
    /// <param name="source">The folder of the <c>package.json</c>.</param>
    /// <param name="name">What to call the folder that they go to.</param>
    /// <returns>The folder whose <c>node_modules</c> has them.</returns>
    public static string Install(string source, string name)
    {
        var folder = Path.Combine(PackageFeed.Repository, "artifacts", name);
        var wanted = File.ReadAllText(Path.Combine(source, "package.json"));
        var installed = Path.Combine(folder, "installed.json");
        if (File.Exists(installed) && File.ReadAllText(installed) == wanted)
            return folder;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "package.json"), wanted);
        // With the user's own settings, which may name a mirror.
        using var process = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"])
        {
            WorkingDirectory = folder,
        })!;
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, "npm install");
        File.WriteAllText(installed, wanted);
        return folder;
    }
}
