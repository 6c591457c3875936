using System.Reflection;
using System.Security.Cryptography;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>Symbols, strong names, and a program that lacks the runtime library.</summary>
public class OutputKindTests
{
    const string Configuration = "Release-Profiled";

    [TestCase("embedded", true)]
    [TestCase("none", false)]
    [TestCase("full", false)]
    public void Methods_have_their_file_and_line_whatever_symbols_the_project_asked_for(string debugType, bool embedded)
    {
        using var consumer = new Consumer();
        var project = consumer["Plain/Plain.csproj"];
        File.WriteAllText(project, File.ReadAllText(project).Replace(
            "<OutputType>", $"<DebugType>{debugType}</DebugType><OutputType>", StringComparison.Ordinal));

        consumer.Build("Plain", Configuration);
        consumer.Run("Plain", Configuration);

        var greet = consumer.Profile("Plain.prof").Single(row => row.Name == "Program.Greet");
        Assert.That((Path.GetFileName(greet.File), greet.Line), Is.EqualTo(("Program.cs", 11)));
        Assert.That(new AssemblyFile(consumer.Output("Plain", Configuration)).HasEmbeddedSymbols, Is.EqualTo(embedded));
        Assert.That(File.Exists(consumer.Output("Plain", Configuration, ".pdb")), Is.Not.EqualTo(embedded));
    }

    [Test]
    public void A_strong_named_assembly_is_signed_again_with_its_own_key()
    {
        using var consumer = new Consumer();
        using (var key = new RSACryptoServiceProvider(2048))
            File.WriteAllBytes(consumer["Plain/key.snk"], key.ExportCspBlob(includePrivateParameters: true));
        string[] signing = ["-p:SignAssembly=true", "-p:AssemblyOriginatorKeyFile=key.snk"];

        consumer.Build("Plain", "Release", signing);
        consumer.Build("Plain", Configuration, signing);
        consumer.Run("Plain", Configuration);

        byte[]? Token(string configuration) =>
            AssemblyName.GetAssemblyName(consumer.Output("Plain", configuration)).GetPublicKeyToken();
        Assert.That(Token(Configuration), Is.EqualTo(Token("Release")).And.Length.EqualTo(8));
        Assert.That(new AssemblyFile(consumer.Output("Plain", Configuration)).IsSigned);
        Assert.That(consumer.Profiles, Is.EqualTo(new[] { "Plain.prof" }));
    }

    [Test]
    public void Without_the_runtime_library_the_build_fails_and_says_what_to_do()
    {
        using var consumer = new Consumer();

        for (var i = 0; i < 2; i++)
        {
            var build = consumer.TryBuild("Plain", Configuration, "-p:ExcludedAssets=compile%3Bruntime");
            Assert.That(build.Succeeded, Is.False);
            Assert.That(build.Complaints, Does.Contain("ProfilerWeaver.dll").And.Contain("ProfilerWeaver.Fody"));
        }
    }

    [Test]
    public void Without_Fody_the_build_fails_and_says_what_to_do()
    {
        using var consumer = new Consumer();
        var project = consumer["Plain/Plain.csproj"];
        const string Reference = """<PackageReference Include="Fody" Version="6.9.3" ExcludeAssets="build" />""";
        File.WriteAllText(project, File.ReadAllText(project).Replace(
            "<ItemGroup>", "<ItemGroup>" + Reference, StringComparison.Ordinal));

        var build = consumer.TryBuild("Plain", Configuration);

        Assert.That(build.Succeeded, Is.False);
        Assert.That(build.Complaints, Does.Contain("ProfilerWeaver is on in Plain.csproj, but the targets of Fody"));
    }
}
