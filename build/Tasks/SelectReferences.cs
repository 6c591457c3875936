using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Build;

/// <summary>Finds the assemblies that <c>ProfileReference</c> names among those that go into the output.</summary>
public sealed class SelectReferences : Task
{
    /// <summary>Names of assemblies without extension; <c>*</c> and <c>?</c> are wildcards.</summary>
    [Required]
    public string[] Names { get; set; } = [];

    /// <summary>The files that are copied into the output.</summary>
    public ITaskItem[] CopiedFiles { get; set; } = [];

    /// <summary>The references of the compiler, those of the framework among them.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>The files of the framework that go into the output of a self-contained program.</summary>
    public ITaskItem[] RuntimePack { get; set; } = [];

    /// <summary>The folder of the woven copies, with a slash at its end.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The project file, for warnings.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>The files to weave, each with the metadata that <see cref="ReferenceItem"/> names.</summary>
    [Output]
    public ITaskItem[] Selected { get; private set; } = [];

    /// <inheritdoc />
    public override bool Execute()
    {
        var framework = new HashSet<string>(RuntimePack.Select(item => item.Path()), StringComparer.Ordinal);
        var copied = CopiedFiles
            .Where(item => item.IsAssembly() && !IsRuntime(item) && !framework.Contains(item.Path()))
            .GroupBy(item => item.Path(), StringComparer.Ordinal).Select(same => same.First()).ToList();
        var selected = new List<ITaskItem>();
        foreach (var name in Names.SelectMany(Split).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var pattern = PatternOf(name);
            var matches = copied.FindAll(item => pattern.IsMatch(item.Name()));
            if (matches.Count == 0)
                Complain(name, pattern, copied);
            selected.AddRange(matches);
        }
        Selected = [.. selected.Distinct().Select(Output)];
        return true;
    }

    // A property on the command line has its semicolons escaped.
    static IEnumerable<string> Split(string names) =>
        names.Split(';').Select(name => name.Trim()).Where(name => name.Length > 0);

    static bool IsRuntime(ITaskItem item) => Libraries.IsOurs(item.Name());

    static Regex PatternOf(string name) => new(
        "^" + Regex.Escape(name).Replace(@"\*", ".*").Replace(@"\?", ".") + "$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    void Complain(string name, Regex pattern, List<ITaskItem> copied)
    {
        var (code, reason) = Reason();
        Log.LogWarning(null, code, null, Project, 0, 0, 0, 0, $"ProfileReference \"{name}\" {reason}");

        (string Code, string Reason) Reason()
        {
            if (Libraries.IsOurs(name))
                return ("PW0003", "is the profiler itself, which cannot be profiled. Remove the name.");
            if (RuntimePack.Concat(References.Where(ReferenceItem.IsOfFramework)).Any(Matches))
            {
                return ("PW0002", "names framework assemblies, which are not woven. Your code's calls into them are " +
                    "recorded, unless the setting Builtins is false. Remove the name.");
            }
            if (References.Any(item => Matches(item) && !IsRuntime(item)))
            {
                return ("PW0001", "names a reference that is not copied to this project's output, so there is nothing " +
                    "to weave. Name it in the project of the program that uses it.");
            }
            var nearest = copied.Count == 0
                ? "This project copies no referenced assemblies to its output."
                : $"Did you mean \"{NearestName.Of(name, copied.Select(ReferenceItem.Name))}\"?";
            return ("PW0001", $"matches no referenced assembly. {nearest} Names are assembly names without " +
                ".dll; * and ? are wildcards.");
        }

        bool Matches(ITaskItem item) => pattern.IsMatch(item.Name());
    }

    ITaskItem Output(ITaskItem item)
    {
        var woven = Folder + item.Folder() + item.Name() + item.GetMetadata("Extension");
        var output = new TaskItem(item);
        output.SetMetadata(ReferenceItem.Woven, woven);
        output.SetMetadata(ReferenceItem.WovenSymbols, System.IO.Path.ChangeExtension(woven, ".pdb"));
        output.SetMetadata(ReferenceItem.Outcome, woven + ".txt");
        return output;
    }
}
