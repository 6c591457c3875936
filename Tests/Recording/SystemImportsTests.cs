using Mono.Cecil;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Imports of one operating system in a library that runs on all of them.</summary>
public class SystemImportsTests
{
    static readonly MethodDefinition[] Methods = ReadMethods();

    // .NET resolves such imports when it compiles the method that calls them, in branches that are not taken, too.
    [Test]
    public void P2_An_import_without_a_transition_is_called_where_nothing_else_of_a_system_is_and_inlined_nowhere()
    {
        var callers = Methods.Where(method => ImportsIn(method).Any(HasNoTransition)).ToArray();

        Assert.That(callers, Is.Not.Empty);
        using (Assert.EnterMultipleScope())
        {
            foreach (var caller in callers)
                Assert.That(caller.NoInlining, Is.True, caller.FullName);
        }
    }

    [Test]
    public void P2_No_method_calls_imports_of_two_systems()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var method in Methods)
            {
                var libraries = ImportsIn(method).Select(import => import.PInvokeInfo.Module.Name).Distinct().ToArray();
                Assert.That(libraries, Has.Length.LessThanOrEqualTo(1), method.FullName);
            }
        }
    }

    [Test]
    public void P2_Every_clock_has_a_reader_of_this_system()
    {
        Assert.That(Clock.ThreadCpu.Read(), Is.Positive);
        Assert.That(Clock.Wall.Read(), Is.Not.Zero);
    }

    [TestCase(10_000_000, false, ExpectedResult = true)]
    [TestCase(10_000_000, true, ExpectedResult = false)]
    [TestCase(3_579_545, false, ExpectedResult = false)]
    public bool P3_Windows_keeps_time_by_the_counter_at_10_MHz_and_Wine_never(long frequency, bool isWine) =>
        CounterTrust.OfWindows(frequency, isWine, isGuestWithoutSteadyCounter: false).Refusal is null;

    static bool HasNoTransition(MethodDefinition import) =>
        import.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "SuppressGCTransitionAttribute");

    static IEnumerable<MethodDefinition> ImportsIn(MethodDefinition method) => method.Body.Instructions
        .Select(instruction => (instruction.Operand as MethodReference)?.Resolve())
        .OfType<MethodDefinition>()
        .Select(Import)
        .OfType<MethodDefinition>();

    // LibraryImport puts a method of its own around an import whose arguments have to be converted.
    static MethodDefinition? Import(MethodDefinition method) =>
        method.IsPInvokeImpl ? method
        : method.Module.Assembly.Name.Name == "ProfilerWeaver" && method.HasBody && method.CustomAttributes.Any(IsGenerated)
            ? ImportsIn(method).FirstOrDefault()
        : null;

    static bool IsGenerated(CustomAttribute attribute) => attribute.AttributeType.Name == "GeneratedCodeAttribute";

    static MethodDefinition[] ReadMethods()
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        var module = ModuleDefinition.ReadModule(
            typeof(Recorder).Assembly.Location, new ReaderParameters { AssemblyResolver = resolver });
        return module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToArray();
    }
}
