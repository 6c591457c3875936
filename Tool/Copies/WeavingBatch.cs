using System.Diagnostics.CodeAnalysis;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>Assemblies that are woven together into a folder.</summary>
sealed class WeavingBatch
{
    readonly string output;
    readonly WeavingChoice weaving;
    readonly List<Item> items = [];
    readonly List<string> folders = [];
    readonly List<TargetProgram> programs = [];

    WeavingBatch(string output, WeavingChoice weaving)
    {
        this.output = output;
        this.weaving = weaving;
    }

    /// <summary>What the user should know about the choice of assemblies, a line each.</summary>
    public List<string> Notes { get; } = [];

    sealed record Item(string Source, string Target);

    /// <summary>Finds out what is to be woven.</summary>
    /// <param name="inputs">Assemblies, and folders of applications.</param>
    /// <param name="output">The folder of the results.</param>
    /// <param name="weaving">Which assemblies of the applications are woven, and how.</param>
    /// <exception cref="ToolException">An input does not exist, or would be overwritten.</exception>
    public static WeavingBatch Of(IReadOnlyList<string> inputs, string output, WeavingChoice weaving)
    {
        var batch = new WeavingBatch(Path.GetFullPath(output), weaving);
        if (File.Exists(batch.output))
            throw new ToolException($"-o {output} is a file. Specify a folder.");
        foreach (var input in inputs)
        {
            var path = Path.GetFullPath(input);
            if (FilePlace.AreSame(Directory.Exists(path) ? path : Path.GetDirectoryName(path)!, batch.output))
                throw new ToolException($"{input} would be overwritten. Specify another folder with -o.");
            if (Directory.Exists(path))
                batch.AddApplication(path);
            else if (File.Exists(path))
                batch.AddAssembly(path);
            else
                throw new ToolException($"{input} does not exist. Specify an assembly, or the folder of an application.");
        }
        foreach (var item in batch.items)
        {
            if (FilePlace.AreSame(item.Source, item.Target))
                throw new ToolException($"{item.Source} would be overwritten: {item.Target} is the same file. Specify another folder with -o.");
        }
        return batch;
    }

    /// <summary>Weaves all of them.</summary>
    /// <param name="check">Whether the JIT is to read every body.</param>
    public IReadOnlyList<WeavingOutcome> Weave(bool check)
    {
        Cryptography.Require();
        Directory.CreateDirectory(output);
        foreach (var program in programs)
            CopyRest(program.Folder, output);
        // The folder may be taken to another machine.
        File.Copy(RuntimeLibrary.Portable, Path.Combine(output, RuntimeLibrary.FileName), overwrite: true);

        var together = weaving.ToSettings() with { WovenAlong = [.. items.Select(item => Path.GetFileNameWithoutExtension(item.Source))] };
        var outcomes = new WeavingOutcome[items.Count];
        using (var progress = Progress.Start("Weaving", items.Count))
        {
            AllProcessors.ForEach(Enumerable.Range(0, items.Count), i =>
            {
                outcomes[i] = Weave(items[i], together);
                progress.Advance(Path.GetFileName(items[i].Source));
            });
        }
        if (check && ManagedTool.IsRunning)
            Check(outcomes);
        return outcomes;
    }

    void AddAssembly(string path)
    {
        items.Add(new(path, Path.Combine(output, Path.GetFileName(path))));
        Search(Path.GetDirectoryName(path)!);
        var program = new TargetProgram(path, null);
        if (File.Exists(program.RuntimeConfiguration))
            Search(Frameworks.FoldersOf(program));
        else
            Search(Frameworks.Newest());
    }

    // Whatever starts in the folder is a program of the application.
    void AddApplication(string folder)
    {
        const string Ending = ".runtimeconfig.json";
        var found = Directory.GetFiles(folder, "*" + Ending)
            .Select(file => new TargetProgram(file[..^Ending.Length] + ".dll", null))
            .Where(program => File.Exists(program.Assembly)).ToList();
        if (found.Count == 0)
            throw new ToolException($"{folder} is not the folder of an application: it contains no program with a {Ending}. " +
                "Specify the assemblies instead.");
        foreach (var program in found)
        {
            if (Frameworks.AreIncluded(program))
                SelfContainedCopy.RequireWholeFramework(program);
            programs.Add(program);
            Search(folder);
            Search(Frameworks.FoldersOf(program));
            var dependencies = DependencyFile.Read(Path.Combine(folder, program.Name + ".deps.json"));
            var choice = AssemblyChoice.Of(program, dependencies, weaving.Assemblies);
            Notes.AddRange(choice.Notes.Except(Notes).ToList());
            if (RuntimeLibrary.NoteOn(folder) is { } note && !Notes.Contains(note))
                Notes.Add(note);
            foreach (var path in choice.Paths)
            {
                var item = new Item(Path.Combine(folder, path), Path.Combine(output, path));
                if (!items.Contains(item))
                    items.Add(item);
            }
        }
    }

    void Search(params IReadOnlyList<string> more) => folders.AddRange(more.Except(folders).ToList());

    WeavingOutcome Weave(Item item, WeaverSettings settings)
    {
        var name = Path.GetFileName(item.Source);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(item.Target)!);
            var report = FileWeaving.Weave(item.Source, item.Target, settings, RuntimeLibrary.Portable, folders);
            return new(name, item.Target, report.Summary);
        }
        catch (WeavingException e)
        {
            return new(name, item.Target, null) { Failure = e.Message };
        }
    }

    [RequiresUnreferencedCode(BodyReader.TakesJit), RequiresDynamicCode(BodyReader.TakesJit)]
    void Check(WeavingOutcome[] outcomes)
    {
        using var progress = Progress.Start("Checking", outcomes.Length);
        Environment.SetEnvironmentVariable(EnvironmentVariable.AutoStart, "0");
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i].Summary is not null)
                outcomes[i] = outcomes[i] with { Bodies = BodyReader.Of(outcomes[i].Path, [output, .. folders]) };
            progress.Advance(outcomes[i].Name);
        }
    }

    void CopyRest(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        // The output may lie in the folder of the application.
        foreach (var folder in Directory.GetDirectories(source).Where(folder => folder != output))
            CopyRest(folder, Path.Combine(target, Path.GetFileName(folder)));
        foreach (var file in Directory.GetFiles(target, "*.deps.json"))
        {
            var version = typeof(Recorder).Assembly.GetName().Version!;
            File.WriteAllText(file, DependencyFile.Read(file)!.With(RecorderMember.Assembly, version));
        }
    }
}
