using Mono.Cecil;
using Mono.Cecil.Cil;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Calls that the JIT compiles into the caller are rows only for those who ask for all.</summary>
[NonParallelizable]
[TestFixture("Debug")]
[TestFixture("Release")]
public class InlinedCallsTests(string configuration)
{
    const string Type = "Scenarios.Inlined";
    const string StaticConstructor = ".static ";

    [Test]
    public void A_program_of_three_parts_has_a_row_for_each()
    {
        var rows = Profile("Parts", BuiltinCalls.NotInlined).Where(IsInScenario);

        Assert.That(rows.Select(row => (row.Name.Replace(Type + ".", ""), row.Calls)), Is.EquivalentTo(new[]
        {
            ("Parts", 1L), ("SumSpan", 10L), ("SumList", 10L), ("RealWork", 10L),
            ("<System.Collections.Generic.List.ToArray>", 1L),
        }));
    }

    [Test]
    public void All_has_those_too()
    {
        var rows = External("Parts", BuiltinCalls.All);

        Assert.That(rows["System.ReadOnlySpan.Length"], Is.EqualTo(210));
        Assert.That(rows["System.ReadOnlySpan.this[]"], Is.EqualTo(200));
        Assert.That(rows["System.Collections.Generic.List.Count"], Is.EqualTo(210));
        Assert.That(rows["System.Collections.Generic.List.this[]"], Is.EqualTo(200));
    }

    [TestCase("Spans")]
    [TestCase("Getters")]
    [TestCase("Instructions")]
    [TestCase("Types")]
    [TestCase("Records")]
    public void What_is_inlined_is_no_row(string method)
    {
        Assert.That(External(method, BuiltinCalls.NotInlined), Is.Empty);
        Assert.That(External(method, BuiltinCalls.None), Is.Empty);
        Assert.That(External(method, BuiltinCalls.All), Has.Count.GreaterThan(2));
    }

    [Test]
    public void What_remains_is_the_same_for_both() =>
        Assert.That(External("Remaining", BuiltinCalls.NotInlined), Is.EquivalentTo(External("Remaining", BuiltinCalls.All)));

    [Test]
    public void Reference_assemblies_are_answered_for_by_the_installation_of_NET()
    {
        using var implementations = new Implementations();
        using var resolver = new FolderResolver(Scenario, [References]);
        using var module = ModuleDefinition.ReadModule(Scenario, new() { AssemblyResolver = resolver, MetadataResolver = resolver.Types });
        var rule = new InlinedCalls(implementations);
        var list = CalledIn(module, "Remaining").Concat(CalledIn(module, "Getters")).ToList();

        Assert.That(resolver.Resolve(new("System.Collections", new())).MainModule.FileName, Does.StartWith(References));
        Assert.That(list.Where(rule.Contains).Select(method => method.Name), Is.SupersetOf(new[] { "get_Count", "get_HasValue", "get_Ticks" }));
        Assert.That(list.Where(method => !rule.Contains(method)).Select(method => method.Name), Is.SupersetOf(new[] { "Sort", "Trim", "Sin" }));
    }

    // A package may bring a reference assembly whose implementation is nowhere to be seen.
    [Test]
    public void What_has_no_body_anywhere_is_known_by_name_or_is_a_call()
    {
        using var folder = new TemporaryFolder();
        var reference = AssemblyDefinition.CreateAssembly(new("Bodiless", new(1, 0)), "Bodiless", ModuleKind.Dll);
        var module = reference.MainModule;
        var attribute = new TypeDefinition("System.Runtime.CompilerServices", "ReferenceAssemblyAttribute", TypeAttributes.Public);
        var constructor = Add(attribute, ".ctor");
        module.Types.Add(attribute);
        reference.CustomAttributes.Add(new(constructor));
        var list = new TypeDefinition("System.Collections.Generic", "List`1", TypeAttributes.Public);
        module.Types.Add(list);
        var (count, add) = (Add(list, "get_Count"), Add(list, "Add"));
        using var implementations = new Implementations();
        var rule = new InlinedCalls(implementations);

        Assert.That(rule.Contains(count), Is.True);
        Assert.That(rule.Contains(add), Is.False);

        MethodDefinition Add(TypeDefinition type, string name)
        {
            var method = new MethodDefinition(name, MethodAttributes.Public, module.TypeSystem.Void);
            method.Body.GetILProcessor().Emit(OpCodes.Ret);
            type.Methods.Add(method);
            return method;
        }
    }

    string Scenario => Path.Combine(WovenAssembly.Folder, configuration, "Scenarios.CSharp.dll");

    static string References
    {
        get
        {
            var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            var packs = Path.Combine(framework, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref");
            return Path.GetFullPath(Path.Combine(Directory.GetDirectories(packs).Order(StringComparer.Ordinal).Last(), "ref", "net10.0"));
        }
    }

    static IEnumerable<MethodReference> CalledIn(ModuleDefinition module, string method) =>
        module.GetType(Type).Methods.Single(candidate => candidate.Name == method).Body.Instructions
            .Select(instruction => instruction.Operand).OfType<MethodReference>().Where(called => called.DeclaringType.Scope != module);

    WovenAssembly Scenarios(BuiltinCalls builtins) => WovenAssembly.CSharp(configuration, new() { Builtins = builtins });

    Dictionary<string, long> External(string method, BuiltinCalls builtins) => Profile(method, builtins)
        .Where(row => row.Label.IsExternal && IsInScenario(row)).ToDictionary(row => row.Name.Trim('<', '>'), row => row.Calls);

    IReadOnlyList<MethodStats> Profile(string method, BuiltinCalls builtins) =>
        FlatProfile.From(Scenarios(builtins).Profile(Type, method, builtins: true));

    // The first test runs the static constructor as well.
    static bool IsInScenario(MethodStats row) => !row.Name.Contains(StaticConstructor)
        && row.Callers.All(caller => !caller.Key.Name.Contains(StaticConstructor));
}
