using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests.Languages;

/// <summary>No compiler shows through: rows bear what the user wrote, whatever was made of it.</summary>
[TestFixture("Scenarios.CSharp", "Debug")]
[TestFixture("Scenarios.CSharp", "Release")]
[TestFixture("Scenarios.Corpus", "Debug")]
[TestFixture("Scenarios.Corpus", "Release")]
[TestFixture("Scenarios.FSharp", "Debug")]
[TestFixture("Scenarios.FSharp", "Release")]
[TestFixture("Scenarios.VisualBasic", "Debug")]
[TestFixture("Scenarios.VisualBasic", "Release")]
public partial class CompilerNoiseTests(string assembly, string configuration)
{
    readonly WovenRows rows = WovenRows.Of(assembly, configuration);

    // <>c__DisplayClass, b__0, g__Local|1_0, add@31-1, List`1, VB$AnonymousType_0, get_Length, op_Addition, !0, .ctor and
    // the hash of a file.
    [GeneratedRegex(@"<>|__|\||@|`|\$|\b(get|set|add|remove|raise)_|\bop_|<Main>|!\d|\.c?ctor|[0-9A-F]{64}|j__TPar")]
    private static partial Regex Noise { get; }

    // Type parameters follow a name, or the star of a pointer to a function. What stands in brackets otherwise is one of these.
    [GeneratedRegex(@"(?<![\w>*])<(?!lambda>|module>|anonymous type|range variables>|task>|seq>|continued>|witnesses>)")]
    private static partial Regex UnknownBrackets { get; }

    // Operators consist of such characters, and the user wrote them.
    [GeneratedRegex(@"operator (checked )?[^\w\s]+( \.\.)?")]
    private static partial Regex Operators { get; }

    // F#: let (|Even|Odd|) n = …
    [GeneratedRegex(@"\|\w[\w|]*\|")]
    private static partial Regex ActivePatterns { get; }

    static readonly string[] WrittenByTheUser =
    [
        // F# functions that only look like accessors.
        "Scenarios.Naming.get_thing", "Scenarios.Naming.set_thing",
    ];

    static string WithoutAllowed(string name) => WrittenByTheUser.Contains(name) ? ""
        : ActivePatterns.Replace(Operators.Replace(name, "operator"), "pattern");

    [Test]
    public void W5_No_row_bears_a_name_that_a_compiler_made() =>
        Assert.That(rows.Methods.Select(method => method.Label.Name).Concat(rows.Externals).Where(name =>
            Noise.IsMatch(WithoutAllowed(name)) || UnknownBrackets.IsMatch(WithoutAllowed(name))), Is.Empty);

    [Test]
    public void W5_A_state_machine_bears_the_name_of_its_method() =>
        Assert.That(rows.Methods.Where(method => method.Label.Name.Split('.')[^1] is "MoveNext" or "GenerateNext"
            && Regex.IsMatch(method.Method, @">d__\d|StateMachine_|@\d")), Is.Empty);

    [Test]
    public void W5_No_two_methods_share_a_row() => Assert.That(rows.Methods.Select(method => method.Label), Is.Unique);

    // Two types of one name that are local to their files are told apart by the file.
    [Test]
    public void W5_Parameters_stand_only_where_overloads_collide() =>
        Assert.That(rows.Methods.Select(method => Regex.Replace(method.Label.Name, @"#\d+$", "")).Where(name => name.EndsWith(')'))
            .GroupBy(name => name[..name.LastIndexOf('(')]).Where(group => group.Count() == 1)
            .Select(group => group.Key), Is.Empty);

    [Test]
    public void W5_What_has_a_line_in_its_type_has_a_line()
    {
        var withLines = rows.Methods.Where(method => method.Label.Line > 0).Select(method => TypeOf(method.Method)).ToHashSet();

        Assert.That(rows.Methods.Where(method => method.Label.Line == 0 && withLines.Contains(TypeOf(method.Method))), Is.Empty);

        static string TypeOf(string method) => Regex.Match(method, @"(\S+)::").Groups[1].Value;
    }
}
