namespace ProfilerWeaver.Tests.Consumers;

/// <summary>What makes a project be woven again, and what does not.</summary>
public class IncrementalBuildTests
{
    const string Configuration = "Release-Profiled";
    const string BadSettings = """<Weavers><ProfilerWeaver Builtins="perhaps" /></Weavers>""";

    static readonly string[] WovenFiles = ["App.dll", "App.pdb"];

    [Test]
    public void When_nothing_has_changed_nothing_is_woven()
    {
        using var consumer = new Consumer();
        consumer.Build("Shop/App", Configuration);
        DateTime[] Written() => [.. WovenFiles.Select(file =>
            File.GetLastWriteTimeUtc(consumer[$"Shop/App/obj/{Configuration}/net10.0/{file}"]))];
        var written = Written();

        // The first build has put the name of the schema into FodyWeavers.xml; that is not a change.
        Assert.That(File.ReadAllText(consumer["Shop/App/FodyWeavers.xml"]), Does.Contain("FodyWeavers.xsd"));
        Assert.That(consumer["Shop/App/FodyWeavers.xsd"], Does.Exist);
        for (var i = 0; i < 2; i++)
            Assert.That(consumer.Build("Shop/App", Configuration).FodyRuns, Is.Zero);
        Assert.That(Written(), Is.EqualTo(written));
    }

    [Test]
    public void Changed_settings_weave_again_the_projects_that_they_hold_for()
    {
        using var consumer = new Consumer();
        int Weavings() => consumer.Build("Shop/App", Configuration).Weavings;
        Assert.That(Weavings(), Is.EqualTo(2), "first build");

        Write(consumer["Shop/App/FodyWeavers.xml"], """<Weavers><ProfilerWeaver AutoStart="false" /></Weavers>""");
        Assert.That(Weavings(), Is.EqualTo(1), "project's settings changed");
        File.Delete(consumer["Shop/App/FodyWeavers.xml"]);
        Assert.That(Weavings(), Is.EqualTo(1), "project's settings removed");
        Write(consumer["Shop/FodyWeavers.xml"], """<Weavers><ProfilerWeaver Builtins="true" /></Weavers>""");
        Assert.That(Weavings(), Is.EqualTo(2), "solution's settings changed");
        File.Delete(consumer["Shop/FodyWeavers.xml"]);
        Assert.That(Weavings(), Is.EqualTo(2), "solution's settings removed");
        Assert.That(Weavings(), Is.Zero, "nothing changed");
    }

    [Test]
    public void A_changed_weaver_weaves_again()
    {
        using var consumer = new Consumer();
        var weaver = consumer["weaver/ProfilerWeaver.Fody.dll"];
        Directory.CreateDirectory(consumer["weaver"]);
        File.Copy(PackageFeed.Weaver, weaver);
        int Weavings() => consumer.Build("Plain", Configuration, $"-p:ProfilerWeaverFile={weaver}").Weavings;

        Assert.That(Weavings(), Is.EqualTo(1));
        Assert.That(Weavings(), Is.Zero);
        File.SetLastWriteTimeUtc(weaver, DateTime.UtcNow);
        Assert.That(Weavings(), Is.EqualTo(1));
    }

    [Test]
    public void A_weaving_that_failed_fails_again_until_its_cause_is_gone()
    {
        using var consumer = new Consumer();
        File.WriteAllText(consumer["Plain/FodyWeavers.xml"], BadSettings);

        for (var i = 0; i < 2; i++)
        {
            var build = consumer.TryBuild("Plain", Configuration);
            Assert.That(build.Succeeded, Is.False);
            Assert.That(build.Complaints, Does.Contain("FodyWeavers.xml").And.Contain("perhaps"));
        }
        File.Delete(consumer["Plain/FodyWeavers.xml"]);
        Assert.That(consumer.Build("Plain", Configuration).Weavings, Is.EqualTo(1));
    }

    static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        // A clock that is coarser than a build is quick would hide the change.
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(1));
    }
}
