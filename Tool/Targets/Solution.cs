using System.Xml;
using System.Xml.Linq;

namespace ProfilerWeaver.Tool;

/// <summary>Files that name several projects.</summary>
static class Solution
{
    const int MostNamed = 5;

    /// <summary>Whether a file is one.</summary>
    public static bool Is(string file) => Path.GetExtension(file).ToLowerInvariant() is ".sln" or ".slnx" or ".slnf";

    /// <summary>What to give instead of it.</summary>
    public static string Advice(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var projects = Projects(file)
            .Select(path => Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(folder, path.Replace('\\', '/'))))
            .ToList();
        var rest = projects.Count > MostNamed ? $" or {projects.Count - MostNamed} more" : "";
        return projects.Count == 0
            ? "Specify -m and one of its projects."
            : $"Specify -m and one of its projects: {string.Join(", ", projects.Take(MostNamed))}{rest}.";
    }

    static IEnumerable<string> Projects(string file)
    {
        var text = File.ReadAllText(file);
        try
        {
            var paths = text.TrimStart().StartsWith('<')
                ? XDocument.Parse(text).Descendants("Project").Select(project => (string?)project.Attribute("Path") ?? "")
                : text.Split('"');
            return paths.Where(ProjectFile.Is);
        }
        catch (XmlException)
        {
            return [];
        }
    }
}
