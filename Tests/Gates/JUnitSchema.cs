using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Gates;

/// <summary>The schema of JUnit's XML.</summary>
static class JUnitSchema
{
    /// <summary>What is wrong with a file.</summary>
    public static IReadOnlyList<string> ErrorsOf(string file) => ErrorsOf(XDocument.Load(file));

    /// <inheritdoc cref="ErrorsOf(string)"/>
    public static IReadOnlyList<string> ErrorsOf(XDocument xml)
    {
        var schemas = new XmlSchemaSet();
        using (var reader = XmlReader.Create(Path.Combine(PackageFeed.Repository, "Tests", "Gates", "junit.xsd")))
            schemas.Add(null, reader);
        List<string> errors = [];
        xml.Validate(schemas, (_, error) => errors.Add(error.Message));
        return errors;
    }
}
