using System.IO.Compression;
using Mono.Cecil;
using ProfilerWeaver.Tests.Consumers;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>
/// What woven code calls is in every recorder of a major version: a program may get a ProfilerWeaver.dll that is older than
/// the weaver of one of its assemblies, and a method that is missing would end it. Within a major version no line here is
/// changed or taken away, and one that is added may be called only in the next.
/// </summary>
public class RecorderSurfaceTests
{
    static readonly string[] Everywhere =
    [
        "System.Int32 ProfilerWeaver.Recorder::Register(System.IntPtr,System.Int32)",
        "System.IntPtr ProfilerWeaver.Recorder::Enter(System.Int32)",
        "System.IntPtr ProfilerWeaver.Recorder::EnterExternal(System.Int32)",
        "System.Void ProfilerWeaver.Recorder::Exit(System.IntPtr)",
        "System.Void ProfilerWeaver.Recorder::Catch(System.IntPtr)",
        "System.IntPtr ProfilerWeaver.Recorder::EnterAsync(System.Int32,ProfilerWeaver.AsyncActivation&)",
        "System.Void ProfilerWeaver.Recorder::Suspend(System.IntPtr)",
        "System.Void ProfilerWeaver.Recorder::Complete(System.IntPtr,ProfilerWeaver.AsyncActivation&)",
    ];

    // dotnet prof weaves programs of .NET only.
    static readonly string[] InPlaceOfOriginals =
    [
        "System.String ProfilerWeaver.ProgramPlaces::LocationOf(System.Reflection.Assembly)",
        "System.String ProfilerWeaver.ProgramPlaces::CodeBaseOf(System.Reflection.Assembly)",
        "System.String ProfilerWeaver.ProgramPlaces::EscapedCodeBaseOf(System.Reflection.Assembly)",
        "System.String ProfilerWeaver.ProgramPlaces::FullyQualifiedNameOf(System.Reflection.Module)",
        "System.Boolean ProfilerWeaver.ProgramPlaces::StartProcess(System.Diagnostics.Process)",
        "System.Diagnostics.Process ProfilerWeaver.ProgramPlaces::StartProcess(System.Diagnostics.ProcessStartInfo)",
        "System.Diagnostics.Process ProfilerWeaver.ProgramPlaces::StartProcess(System.String)",
        "System.Diagnostics.Process ProfilerWeaver.ProgramPlaces::StartProcess(System.String,System.String)",
        "System.Diagnostics.Process ProfilerWeaver.ProgramPlaces::StartProcess(System.String,System.Collections.Generic.IEnumerable`1<System.String>)",
    ];

    [Test]
    public void Each_recorder_in_the_package_has_what_woven_code_calls()
    {
        using var package = ZipFile.OpenRead(PackageFeed.File);

        Assert.That(PublicMethods(package, "netstandard2.0"), Is.EquivalentTo(Everywhere));
        Assert.That(PublicMethods(package, "net8.0"), Is.EquivalentTo(Everywhere.Concat(InPlaceOfOriginals)));
    }

    [Test]
    public void The_version_of_the_assembly_is_that_of_its_major_version() =>
        Assert.That(typeof(Recorder).Assembly.GetName().Version, Is.EqualTo(new Version(0, 1, 0, 0)));

    [Test]
    public void The_weaver_knows_no_other_methods()
    {
        var names = typeof(RecorderMember).GetFields().Select(field => (string)field.GetRawConstantValue()!)
            .Except([RecorderMember.Assembly, RecorderMember.File, RecorderMember.Type, RecorderMember.PlacesType, RecorderMember.ActivationType,
                RecorderMember.NoProfileAttribute]);

        Assert.That(names, Is.EquivalentTo(Everywhere.Concat(InPlaceOfOriginals).Select(NameIn).Distinct()));
    }

    [Test]
    public void Woven_code_calls_them_with_these_signatures()
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(WovenAssembly.Folder, "Release", "Scenarios.Endings.dll"));
        AssemblyWeaving.Weave(module, new() { InPlaceOfOriginal = true }, AssemblyNameReference.Parse(typeof(Recorder).Assembly.FullName));
        using var woven = new MemoryStream();
        module.Write(woven);
        woven.Position = 0;
        using var written = ModuleDefinition.ReadModule(woven);

        var called = written.GetMemberReferences().Where(member => member.DeclaringType.FullName is "ProfilerWeaver.Recorder" or "ProfilerWeaver.ProgramPlaces")
            .Select(member => member.FullName).ToList();

        Assert.That(called, Is.SupersetOf(Everywhere));
        Assert.That(called, Is.SubsetOf(Everywhere.Concat(InPlaceOfOriginals)));
        Assert.That(called.Intersect(InPlaceOfOriginals), Is.Not.Empty);
    }

    static string NameIn(string signature) => signature.Split("::")[1].Split('(')[0];

    static IEnumerable<string> PublicMethods(ZipArchive package, string framework)
    {
        using var content = package.GetEntry($"lib/{framework}/{RecorderMember.File}")!.Open();
        using var image = new MemoryStream();
        content.CopyTo(image);
        image.Position = 0;
        using var module = ModuleDefinition.ReadModule(image);
        return [.. new[] { RecorderMember.Type, RecorderMember.PlacesType }.Select(name => module.GetType(RecorderMember.Assembly, name))
            .OfType<TypeDefinition>().SelectMany(type => type.Methods).Where(method => method.IsPublic)
            .Select(method => method.FullName)];
    }
}
