using System.Text;

namespace ProfilerWeaver.Tests.Import;

/// <summary>Formats are told by what is in a file.</summary>
sealed class RecognitionTests
{
    [TestCase("text")]
    [TestCase("{\"name\": 1}")]
    [TestCase("a line of prose;\nand another one\n")]
    [TestCase("")]
    [TestCase("\u007FELF\0\0 1\n")]
    public void What_is_no_profile_is_not_read(string text) =>
        Assert.That(ForeignProfile.ReadAny("file", Encoding.UTF8.GetBytes(text)), Is.Null);

    [Test]
    public void Our_own_files_and_those_of_Python_are_not_taken_for_others()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            using var file = new MemoryStream();
            ProfFile.Write(RandomProfiles.Recording(seed), file);

            Assert.That(ForeignProfile.ReadAny("file", file.ToArray()), Is.Null, $"seed {seed}");
        }
    }

    [Test]
    public void Statistics_read_what_a_file_holds_whatever_it_is_called()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("anything.prof"), "a;b 3\n");
        File.WriteAllText(folder.File("script.sh"), "#!/bin/sh\n");

        Assert.That(new Stats(folder.File("anything.prof"))["b"].Samples, Is.EqualTo(3));
        Assert.Throws<InvalidProfileException>(() => _ = new Stats(folder.File("script.sh")));
    }

    [Test]
    public void Profiles_of_several_tools_are_summed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("one"), "a;b 3\n");
        File.WriteAllText(folder.File("two"), "a 4\na;b 1\n");

        var stats = new Stats(folder.File("one"), folder.File("two"));

        Assert.That(stats["a"].CumulativeTime, Is.EqualTo(8));
        Assert.That(stats["b"].TotalTime, Is.EqualTo(4));
        Assert.That(stats.Unit, Is.EqualTo(ClockUnit.Samples));
    }
}
