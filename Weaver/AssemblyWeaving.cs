using System.Diagnostics;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Weaves a module. Independent of Fody and MSBuild: the caller provides the module and writes it afterwards.
/// </summary>
public static class AssemblyWeaving
{
    /// <summary>Weaves every method of <paramref name="module"/> with a user-written body.</summary>
    /// <param name="module">The module, read with its symbols if it has any. If this throws, the module must not be
    /// written.</param>
    /// <param name="settings">How to weave.</param>
    /// <param name="runtime">The identity of the runtime library the woven module will load.</param>
    /// <exception cref="WeavingException">The module cannot be woven; the message names the method and the
    /// reason.</exception>
    public static WeavingReport Weave(ModuleDefinition module, WeaverSettings settings, AssemblyNameReference runtime)
    {
        var stopwatch = Stopwatch.StartNew();
        if (module.GetType(WovenModule.MarkerType) is not null)
        {
            throw new WeavingException(
                $"{module.Name} is already woven. Rebuild it from source, or weave the original assembly.");
        }
        TypeNotesReader.AddTo(module);
        var types = module.GetAllTypes().ToList();
        var stateMachines = new StateMachines(module, types);
        var movedCode = new MovedCode(types, stateMachines);
        var names = new MethodNames(module, stateMachines, movedCode);
        var filter = new NameFilter(settings.Include, settings.Exclude);
        var selection = new MethodSelection(settings, stateMachines, names, new(module, types, stateMachines, movedCode), filter);
        var report = new WeavingReport();
        var selected = new List<MethodDefinition>();
        foreach (var method in types.SelectMany(type => type.Methods))
        {
            if (selection.ReasonToSkip(method) is { } reason)
                report.AddSkipped(method, reason);
            else
                selected.Add(method);
        }

        var labels = names.LabelsOf(selected);
        var recorder = RecorderReferences.Import(module, runtime);
        var table = new MethodTableWriter(module.Assembly.Name.Name);
        var ids = MethodIds.AddTo(module);
        using var implementations = new Implementations();
        var inlined = settings.Builtins == BuiltinCalls.All ? null : new InlinedCalls(implementations);
        var callSites = settings.Builtins == BuiltinCalls.None
            ? null
            : new CallSiteProbe(new(module, settings.WovenAlong, filter, inlined), table, ids.FirstId, recorder);
        var resumptions = new Dictionary<TypeDefinition, Resumption>();
        for (var i = 0; i < selected.Count; i++)
        {
            var method = selected[i];
            try
            {
                BranchMending.Mend(method.Body);
                var resumption = stateMachines.IsMoveNext(method) ? ResumptionOf(method.DeclaringType) : null;
                var index = table.Add(labels[i], resumption?.Kind);
                var notes = AsyncSymbols.WithoutCatchHandler(method);
                var hasCallSites = callSites?.Insert(method, resumption) == true;
                BodyProbe.Insert(method, index, ids.FirstId, recorder, resumption, hasCallSites);
                AsyncSymbols.Restore(notes);
                report.AddWoven(method, labels[i].Name);
            }
            catch (Exception e) when (e is not WeavingException)
            {
                throw new WeavingException($"{module.Name}: {method.FullName} cannot be woven ({e.Message}). Nothing " +
                    "was changed. Please report the method; until it is fixed, exclude it.", e);
            }
        }
        foreach (var method in types.SelectMany(stateMachines.BeginningsOf))
            ResumptionOf(method.DeclaringType).ResetIn(method);

        // Around the probes, so that a test is in its own measurement.
        if (settings.TestHost is { } testHost)
            TestProbe.InsertInto(module, types, testHost);
        if (settings.InPlaceOfOriginal)
            new OriginalPlaces(recorder).ReplaceIn(module, types);
        ids.Complete(table.ToArray(settings.ForRuntime()), recorder);
        report.UnmatchedPatterns.AddRange(filter.Warnings);
        if (!ids.KeepsDocuments)
        {
            report.OtherWarnings.Add($"The symbols of {module.Name} lack the source files without statements: this version of " +
                "Mono.Cecil is unknown. Weave with the version of Fody that ProfilerWeaver.Fody depends on.");
        }
        report.Milliseconds = stopwatch.ElapsedMilliseconds;
        return report;

        Resumption ResumptionOf(TypeDefinition machine)
        {
            if (!resumptions.TryGetValue(machine, out var resumption))
                resumptions.Add(machine, resumption = Resumption.AddTo(machine, stateMachines, recorder));
            return resumption;
        }
    }
}
