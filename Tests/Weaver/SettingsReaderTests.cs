using System.Xml.Linq;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>Settings are read strictly, and one by one.</summary>
public class SettingsReaderTests
{
    [Test]
    public void Each_attribute_comes_from_the_last_element_that_has_it()
    {
        var settings = Read(
            """<ProfilerWeaver Builtins="false" Output="solution.prof" />""",
            """<ProfilerWeaver Output="{name}-{pid}-{time}.prof" MinimumInstructions="7" />""",
            """<ProfilerWeaver />""");

        Assert.That(settings.Builtins, Is.EqualTo(BuiltinCalls.None));
        Assert.That(settings.Output, Is.EqualTo("{name}-{pid}-{time}.prof"));
        Assert.That(settings.MinimumInstructions, Is.EqualTo(7));
        Assert.That(settings.Subcalls && settings.AutoStart && settings.CompilerGenerated, Is.True);
    }

    [TestCase("true", BuiltinCalls.NotInlined)]
    [TestCase("all", BuiltinCalls.All)]
    [TestCase("false", BuiltinCalls.None)]
    public void Builtins_has_three_values(string text, BuiltinCalls expected) =>
        Assert.That(Read($"""<ProfilerWeaver Builtins="{text}" />""").Builtins, Is.EqualTo(expected));

    [Test]
    public void Patterns_are_separated_by_semicolons_and_lines() => Assert.That(
        Read("""<ProfilerWeaver Include="Shop.*; Bank.Account;&#10;Till" />""").Include,
        Is.EqualTo(new[] { "Shop.*", "Bank.Account", "Till" }));

    [TestCase("""<ProfilerWeaver Buildins="true" />""", "no setting \"Buildins\". Did you mean \"Builtins\"?")]
    [TestCase("""<ProfilerWeaver output="x" />""", "no setting \"output\". Did you mean \"Output\"?")]
    [TestCase("""<ProfilerWeaver Builtins="True" />""", "Builtins=\"True\" in <ProfilerWeaver>: expected true, all or false. Did you mean \"true\"?")]
    [TestCase("""<ProfilerWeaver Subcalls="" />""", "expected true or false")]
    [TestCase("""<ProfilerWeaver Output="{nmae}.prof" />""", "unknown placeholder {nmae}. Did you mean {name}?")]
    [TestCase("""<ProfilerWeaver Output="$(MSBuildProjectName).prof" />""", "MSBuild's properties are not expanded")]
    [TestCase("""<ProfilerWeaver Output=" " />""", "expected the path of a file")]
    [TestCase("""<ProfilerWeaver MinimumInstructions="-1" />""", "expected a whole number")]
    [TestCase("""<ProfilerWeaver Exclude="Shop..Load" />""", "is not a pattern")]
    [TestCase("""<ProfilerWeaver Clock="wal" />""", "expected wall, cpu, allocations, none, sampled or sampled-cpu. Did you mean \"wall\"?")]
    [TestCase("""<ProfilerWeaver SampleInterval="often" />""", "expected a time, for example 1ms (units: ms, s, min, h)")]
    [TestCase("""<ProfilerWeaver Checkpoint="10" />""", "expected a time, for example 10s")]
    [TestCase("""<ProfilerWeaver MemoryLimit="0MiB" />""", "expected a size, for example 256MiB")]
    [TestCase("""<ProfilerWeaver><Builtins /></ProfilerWeaver>""", "settings are attributes")]
    public void What_is_not_known_is_an_error_that_says_what_to_do(string element, string message) =>
        Assert.That(() => Read(element), Throws.TypeOf<WeavingException>().With.Message.Contains(message)
            .And.Message.StartsWith("file 1: "));

    [TestCase("""<ProfilerWeaver Builtins="no" />""", "Builtins=\"no\" in <ProfilerWeaver>: expected true, all or false.")]
    [TestCase("""<ProfilerWeaver Trivial="maybe" />""", "expected true or false.")]
    [TestCase("""<ProfilerWeaver Clock="monotonic" />""", "expected wall, cpu, allocations, none, sampled or sampled-cpu.")]
    public void What_is_like_nothing_known_has_no_guess(string element, string end) =>
        Assert.That(() => Read(element), Throws.TypeOf<WeavingException>().With.Message.EndsWith(end));

    [Test]
    public void Settings_in_two_elements_of_a_file_are_an_error() => Assert.That(
        () => SettingsFiles.Read(null, null, """<Weavers><ProfilerWeaver Clock="cpu" /><ProfilerWeaver Output="x" /></Weavers>"""),
        Throws.TypeOf<WeavingException>().With.Message.EqualTo("the property WeaverConfiguration has 2 elements <ProfilerWeaver>. Put all settings into one."));

    static WeaverSettings Read(params string[] elements) =>
        SettingsReader.Read(elements.Select((element, index) => (XElement.Parse(element), $"file {index + 1}")));
}
