using System.Xml.Linq;
using Fody;
using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>The entry point for Fody: reads the settings, weaves the module, and reports the result.</summary>
public sealed class ModuleWeaver : BaseModuleWeaver
{
    /// <summary>Weaves <see cref="BaseModuleWeaver.ModuleDefinition"/>.</summary>
    public override void Execute()
    {
        try
        {
            var settings = SettingsReader.Read(FindElements());
            var report = AssemblyWeaving.Weave(ModuleDefinition, settings, FindRuntime());
            foreach (var warning in report.Warnings)
                WriteWarning(Printable.Text($"ProfilerWeaver: {ModuleDefinition.Name}: {warning}"));
            if (settings.Report.Length > 0)
                WriteReport(report, Path.Combine(ProjectDirectoryPath, settings.Report));
            WriteMessage(Printable.Text($"ProfilerWeaver: {ModuleDefinition.Name}: {report}"), MessageImportance.High);
        }
        catch (WeavingException e)
        {
            throw new Fody.WeavingException(Printable.Text(e.Message));
        }
    }

    /// <summary>No type is searched for by name.</summary>
    public override IEnumerable<string> GetAssembliesForScanning() => [];

    // Fody hands over one element whole. Settings are overridden one by one instead: solution, project, build property.
    IEnumerable<(XElement Element, string Source)> FindElements()
    {
        var elements = SettingsFiles.InFiles(SolutionDirectoryPath, ProjectDirectoryPath);
        return Config is null
            ? elements
            : elements.Append((Config, $"the {SettingsReader.ElementName} element of {Path.GetFileName(ProjectFilePath)}"));
    }

    static void WriteReport(WeavingReport report, string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var writer = File.CreateText(path);
            report.WriteTo(writer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new WeavingException($"the file in the setting Report=\"{path}\" cannot be written: {e.Message}", e);
        }
    }

    AssemblyNameDefinition FindRuntime() =>
        ResolveAssembly(RecorderMember.Assembly)?.Name
        ?? throw new WeavingException(
            $"{ProjectFilePath} does not reference ProfilerWeaver.dll, which woven code calls. Reference the package " +
            "ProfilerWeaver.Fody with its default assets (no ExcludeAssets=\"compile\" or \"runtime\"), or set the " +
            "property ProfilerWeaver to false in the project.");
}
