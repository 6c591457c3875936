using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ProfilerWeaver.Build;

/// <summary>Puts woven copies in the place of the originals: makes, for each item that stands for an original, an item
/// for its copy, with all that MSBuild knows about the original.</summary>
public sealed class ReplaceReferences : Task
{
    /// <summary>The originals that have been woven, with the metadata that <see cref="SelectReferences"/>
    /// gives.</summary>
    public ITaskItem[] Woven { get; set; } = [];

    /// <summary>The items of one kind.</summary>
    public ITaskItem[] Items { get; set; } = [];

    /// <summary>Whether an item may stand for an original by its name alone, as the reference assembly that a package
    /// has for the compiler stands for the one that it has for running.</summary>
    public bool ByName { get; set; }

    /// <summary>Those of them that stand for originals.</summary>
    [Output]
    public ITaskItem[] Originals { get; private set; } = [];

    /// <summary>The same, standing for the copies.</summary>
    [Output]
    public ITaskItem[] Copies { get; private set; } = [];

    /// <inheritdoc />
    public override bool Execute()
    {
        var byPath = Woven.ToLookup(item => item.Path(), StringComparer.Ordinal);
        var byName = Woven.ToLookup(ReferenceItem.Name, StringComparer.OrdinalIgnoreCase);
        var pairs = Items
            .Select(item => (Original: item, Woven: Find(item)))
            .Where(pair => pair.Woven is not null).ToList();
        Originals = [.. pairs.Select(pair => pair.Original)];
        Copies = [.. pairs.Select(pair => Copy(pair.Original, pair.Woven!.GetMetadata(ReferenceItem.Woven)))];
        return true;

        ITaskItem? Find(ITaskItem item) =>
            byPath[item.Path()].Concat(ByName ? byName[item.Name()] : []).FirstOrDefault();

        static ITaskItem Copy(ITaskItem original, string path)
        {
            var copy = new TaskItem(original) { ItemSpec = path };
            // The compiler goes on reading what it would read without a profiler.
            if (copy.GetMetadata("ReferenceAssembly").Length == 0)
                copy.SetMetadata("ReferenceAssembly", original.Path());
            return copy;
        }
    }
}
