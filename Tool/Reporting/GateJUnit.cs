using System.Globalization;
using System.Xml;

namespace ProfilerWeaver.Tool;

/// <summary>What came of a check as the XML of JUnit, which servers for continuous integration show as tests: a test for each budget,
/// and one for the lock file.</summary>
static class GateJUnit
{
    public static void Write(GateResult result, Stream output)
    {
        using var xml = XmlWriter.Create(output, new() { Indent = true });
        xml.WriteStartElement("testsuites");
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("id", "0");
        xml.WriteAttributeString("name", "dotnet prof check");
        xml.WriteAttributeString("package", "dotnet prof");
        xml.WriteAttributeString("timestamp", DateTime.UtcNow.ToString("s", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("hostname", Environment.MachineName);
        xml.WriteAttributeString("tests", Text(result.Checks.Count));
        xml.WriteAttributeString("failures", Text(result.Checks.Count(check => check.Findings.Count > 0)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("time", "0");
        // The schema of Ant's reports asks for these, even if there is nothing in them.
        WriteEmpty(xml, "properties");
        foreach (var check in result.Checks)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", Printable.Text(check.File));
            xml.WriteAttributeString("name", Printable.Text(check.Name));
            xml.WriteAttributeString("time", "0");
            if (check.Findings is [var first, ..])
            {
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("message", Printable.Text(first.Message));
                xml.WriteAttributeString("type", first.Rule);
                var lines = check.Findings.SelectMany(finding => finding.Details.Prepend(finding.Message));
                xml.WriteString(string.Join('\n', lines.Select(Printable.Text)));
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        WriteEmpty(xml, "system-out");
        WriteEmpty(xml, "system-err");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    static void WriteEmpty(XmlWriter xml, string name)
    {
        xml.WriteStartElement(name);
        xml.WriteEndElement();
    }

    static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
