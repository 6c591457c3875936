using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>What else can be done with consumer projects in <c>Release-Profiled</c> than to build and run
/// them.</summary>
static class ReleaseProfiled
{
    extension(Consumer consumer)
    {
        /// <summary>The path of a file beside a project's main output.</summary>
        public string Beside(string project, string configuration, string file) =>
            Path.Combine(Path.GetDirectoryName(consumer.Output(project, configuration))!, file);

        /// <summary>The assembly of a package, in the package cache, that a restored project uses.</summary>
        public string PackageFile(string project, string package)
        {
            var assets = JsonNode.Parse(File.ReadAllText(consumer[$"{project}/obj/project.assets.json"]))!;
            var (library, content) = assets["libraries"]!.AsObject().Single(
                item => item.Key.StartsWith(package + "/", StringComparison.OrdinalIgnoreCase));
            var (used, _) = assets["targets"]!.AsObject().First().Value![library]!["runtime"]!.AsObject().Single();
            return assets["packageFolders"]!.AsObject()
                .Select(folder => Path.Combine(folder.Key, (string)content!["path"]!, used)).First(File.Exists);
        }

        /// <summary>Runs a verb of the command line, such as publish, on a project; it must succeed.</summary>
        public BuildLog Dotnet(string verb, string project, params string[] switches)
        {
            string[] arguments = [verb, consumer[project], "-p:Configuration=Release-Profiled", "-v:n", .. switches];
            var command = CommandLine.Run("dotnet", consumer[""], arguments, [.. consumer.BuildEnvironment]);
            var log = new BuildLog(command.ExitCode == 0, command.Output);
            Assert.That(log.Succeeded, log.Complaints);
            return log;
        }

        /// <summary>Runs a program in the folder <c>run</c>; it must succeed.</summary>
        /// <returns>What it wrote.</returns>
        public string Execute(string program, params string[] arguments)
        {
            Directory.CreateDirectory(consumer["run"]);
            var command = CommandLine.Run(program, consumer["run"], arguments, ("DOTNET_ROLL_FORWARD", "Major"));
            Assert.That(command.ExitCode, Is.Zero, command.Output);
            return command.Output;
        }

        /// <summary>The names of the methods in a profile in the folder <c>run</c>.</summary>
        public IReadOnlyList<string> Methods(string profile) =>
            [.. consumer.Profile(profile).Select(row => row.Name)];
    }

    extension(BuildLog log)
    {
        /// <summary>The files of the referenced assemblies that were woven.</summary>
        public IEnumerable<string> WovenReferences =>
            Regex.Matches(log.Text, @"^\s*ProfilerWeaver: (\S+): \d+ methods? woven", RegexOptions.Multiline)
                .Select(match => match.Groups[1].Value);
    }
}
