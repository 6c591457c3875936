namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>What a woven copy is told of where its original is.</summary>
public class ProgramPlacesTests
{
    // As Assembly.CodeBase has it on each system.
    [TestCase("/home/a b/ü%20#/app.dll", ExpectedResult = "file:///home/a b/ü%20#/app.dll")]
    [TestCase("/home/a\\b/app.dll", ExpectedResult = "file:///home/a\\b/app.dll")]
    [TestCase(@"C:\Program Files\app.dll", ExpectedResult = "file:///C:/Program Files/app.dll")]
    [TestCase(@"\\server\share\app.dll", ExpectedResult = "file://server/share/app.dll")]
    public string A_path_is_a_URL_without_escapes(string path) => ProgramPlaces.UrlOf(path);
}
