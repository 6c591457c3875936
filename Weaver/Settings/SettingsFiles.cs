using System.Xml;
using System.Xml.Linq;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Finds the settings of a project: the element <c>&lt;ProfilerWeaver /&gt;</c> of the solution's and of the project's
/// <c>FodyWeavers.xml</c> and of a property of the build. A later one overrides an earlier one attribute by attribute.
/// </summary>
static class SettingsFiles
{
    const string FileName = "FodyWeavers.xml";

    /// <summary>Reads the settings that hold for a project.</summary>
    /// <param name="solutionFolder">The solution's folder, or nothing.</param>
    /// <param name="projectFolder">The project's folder, or nothing.</param>
    /// <param name="property">The XML text of the property <c>WeaverConfiguration</c>, or nothing.</param>
    /// <exception cref="WeavingException">The XML is malformed or has the element twice, or a setting is not known.</exception>
    public static WeaverSettings Read(string? solutionFolder, string? projectFolder, string? property)
    {
        const string Source = "the property WeaverConfiguration";
        var element = string.IsNullOrWhiteSpace(property) ? null : Find(() => XDocument.Parse(property), Source);
        return SettingsReader.Read(
            [.. InFiles(solutionFolder, projectFolder), .. element is null ? [] : new[] { (element, Source) }]);
    }

    /// <summary>The elements in the files of the two folders, and the files.</summary>
    public static IEnumerable<(XElement Element, string Source)> InFiles(string? solutionFolder, string? projectFolder)
    {
        foreach (var folder in new[] { solutionFolder, projectFolder })
        {
            if (string.IsNullOrEmpty(folder))
                continue;
            var path = Path.Combine(folder, FileName);
            if (File.Exists(path) && Find(() => XDocument.Load(path), path) is { } element)
                yield return (element, path);
        }
    }

    static XElement? Find(Func<XDocument> load, string source)
    {
        try
        {
            var elements = load().Root?.Elements().Where(element =>
                string.Equals(element.Name.LocalName, SettingsReader.ElementName, StringComparison.OrdinalIgnoreCase)).ToArray() ?? [];
            return elements.Length < 2
                ? elements.FirstOrDefault()
                : throw new WeavingException($"{source} has {elements.Length} elements <{SettingsReader.ElementName}>. Put all settings into one.");
        }
        catch (XmlException e)
        {
            throw new WeavingException($"{source} is not well-formed XML: {e.Message}", e);
        }
    }
}
