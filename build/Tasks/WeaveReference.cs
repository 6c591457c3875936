using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Build;

/// <summary>Weaves a copy of a referenced assembly. One that cannot be woven is a warning: the program then runs with
/// the original.</summary>
public sealed class WeaveReference : Task
{
    /// <summary>The assembly, with the metadata that <see cref="SelectReferences"/> gives.</summary>
    [Required]
    public ITaskItem Reference { get; set; } = null!;

    /// <summary>All the assemblies that are woven in this build.</summary>
    public ITaskItem[] Together { get; set; } = [];

    /// <summary>The references of the project: the runtime library, and where else to look for what the assembly
    /// needs.</summary>
    public ITaskItem[] SearchPaths { get; set; } = [];

    /// <summary>The folder of the solution, where a <c>FodyWeavers.xml</c> may lie.</summary>
    public string SolutionDirectory { get; set; } = "";

    /// <summary>The project file; a <c>FodyWeavers.xml</c> may lie beside it.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>The settings in XML that outrank those files.</summary>
    public string WeaverConfiguration { get; set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        try
        {
            var settings = SettingsFiles.Read(SolutionDirectory, Path.GetDirectoryName(Project), WeaverConfiguration);
            var runtime = SearchPaths.FirstOrDefault(item => item.Name() == RecorderMember.Assembly)?.Path()
                ?? throw new WeavingException("ProfilerWeaver.dll, which woven code calls, is not referenced. " +
                    "Reference the package ProfilerWeaver.Fody with its default assets.");
            Weave(settings with { WovenAlong = [.. Together.Select(ReferenceItem.Name)] }, runtime);
        }
        catch (WeavingException e)
        {
            Log.LogError("ProfilerWeaver: " + Printable.Text(e.Message));
        }
        return !Log.HasLoggedErrors;
    }

    void Weave(WeaverSettings settings, string runtime)
    {
        var woven = Reference.GetMetadata(ReferenceItem.Woven);
        Directory.CreateDirectory(Path.GetDirectoryName(woven));
        foreach (var file in new[] { woven, Reference.GetMetadata(ReferenceItem.WovenSymbols) })
            File.Delete(file);
        string outcome;
        try
        {
            var folders = SearchPaths.Select(item => Path.GetDirectoryName(item.Path())).Distinct();
            outcome = Printable.Text(FileWeaving.Weave(Reference.Path(), woven, settings, runtime, folders).ToString());
            Log.LogMessage(MessageImportance.High, $"ProfilerWeaver: {Path.GetFileName(woven)}: {outcome}");
        }
        // Whatever is wrong with an assembly that somebody else has made, the program can run with it as it is.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            outcome = $"{Printable.Text(e.Message)} The program runs with the original, whose methods are not recorded.";
            Log.LogWarning(null, "PW0004", null, Project, 0, 0, 0, 0,
                $"ProfileReference \"{Reference.Name()}\" cannot be woven: {outcome}");
        }
        File.WriteAllText(Reference.GetMetadata(ReferenceItem.Outcome), outcome);
    }
}
