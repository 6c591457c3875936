using System.Xml.Linq;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>The description of the settings that editors use.</summary>
public class SchemaTests
{
    static readonly XElement[] Attributes =
    [
        .. XElement.Load(Path.Combine(PackageFeed.Repository, "Weaver", "ProfilerWeaver.Fody.xcf")).Elements(),
    ];

    [Test]
    public void Every_setting_is_described() =>
        Assert.That(Attributes.Select(attribute => attribute.Attribute("name")!.Value),
            Is.EquivalentTo(typeof(WeaverSettings).GetProperties().Select(property => property.Name)));

    [Test]
    public void The_defaults_are_those_of_the_weaver()
    {
        var defaults = new XElement("ProfilerWeaver", Attributes.Select(attribute =>
            new XAttribute(attribute.Attribute("name")!.Value, attribute.Attribute("default")!.Value)));

        var settings = SettingsReader.Read([(defaults, "schema")]);

        Assert.That(Values(settings), Is.EqualTo(Values(new WeaverSettings())));
    }

    [Test]
    public void The_clocks_are_those_that_weaver_and_recorder_know() =>
        Assert.That(Attributes.Single(attribute => attribute.Attribute("name")!.Value == SettingName.Clock).Descendants()
            .Where(element => element.Name.LocalName == "enumeration").Select(element => element.Attribute("value")!.Value),
            Is.EqualTo(ClockName.All));

    static object?[] Values(WeaverSettings settings) =>
        [.. typeof(WeaverSettings).GetProperties().Select(property => property.GetValue(settings))];
}
