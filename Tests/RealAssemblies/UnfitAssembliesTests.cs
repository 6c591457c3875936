using System.Reflection.PortableExecutable;
using Mono.Cecil;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.RealAssemblies;

/// <summary>What cannot be woven is refused with a message that names the file and says what to do, and nothing is
/// touched.</summary>
public sealed class UnfitAssembliesTests : IDisposable
{
    static string Scenario => Path.Combine(WovenAssembly.Folder, "Release", "Scenarios.CSharp.dll");

    readonly TemporaryFolder folder = new();

    string Input => folder.File("Input.dll");

    string Output => folder.File("Output.dll");

    public void Dispose() => folder.Dispose();

    [Test]
    public void A_reference_assembly_is_refused()
    {
        using (var module = ModuleDefinition.ReadModule(Scenario))
        {
            var attribute = new TypeReference("System.Runtime.CompilerServices", "ReferenceAssemblyAttribute", module,
                module.TypeSystem.CoreLibrary);
            module.Assembly.CustomAttributes.Add(new(new(".ctor", module.TypeSystem.Void, attribute) { HasThis = true }));
            module.Write(Input);
        }

        ExpectRefusal("is a reference assembly");
    }

    [Test]
    public void A_mixed_mode_assembly_is_refused()
    {
        var image = File.ReadAllBytes(Scenario);
        image[Headers(image).CorHeaderStartOffset + 16] &= 0xfe; // ILOnly
        File.WriteAllBytes(Input, image);

        ExpectRefusal("is a mixed-mode");
    }

    [Test]
    public void A_native_library_is_refused()
    {
        var image = File.ReadAllBytes(Scenario);
        var headers = Headers(image);
        var directories = headers.PEHeaderStartOffset + (headers.PEHeader!.Magic == PEMagic.PE32Plus ? 112 : 96);
        image.AsSpan(directories + 14 * 8, 8).Clear(); // CLI header
        File.WriteAllBytes(Input, image);

        ExpectRefusal("native code without metadata");
    }

    [Test]
    public void Another_platforms_native_library_is_refused()
    {
        File.Copy(Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*clrjit*")[0], Input);

        ExpectRefusal(OperatingSystem.IsWindows() ? "native code without metadata" : "is not a .NET assembly");
    }

    [TestCase("")]
    [TestCase("MZ")]
    [TestCase("This is a text about MZ headers, and longer than one of them, which is sixty-four bytes.")]
    public void A_file_of_another_kind_is_refused(string content)
    {
        File.WriteAllText(Input, content);

        ExpectRefusal("is not a .NET assembly");
    }

    [Test]
    public void A_module_of_another_assembly_is_refused()
    {
        using (var module = ModuleDefinition.CreateModule("Part", ModuleKind.NetModule))
            module.Write(Input);

        ExpectRefusal("is a module of another assembly");
    }

    [Test]
    public void An_assembly_that_is_woven_already_is_refused()
    {
        Weave(Scenario, Input);

        Assert.That(() => Weave(Input, Output),
            Throws.TypeOf<WeavingException>().With.Message.Contains("Scenarios.CSharp.dll is already woven"));
        Assert.That(Output, Does.Not.Exist);
    }

    [Test]
    public void The_runtime_library_and_the_core_library_are_refused()
    {
        Assert.That(() => Weave(typeof(Recorder).Assembly.Location, Output),
            Throws.TypeOf<WeavingException>().With.Message.Contains("own libraries"));
        Assert.That(() => Weave(typeof(object).Assembly.Location, Output),
            Throws.TypeOf<WeavingException>().With.Message.Contains("is the core library"));
    }

    [Test]
    public void An_assembly_of_resources_is_copied()
    {
        using (var assembly = AssemblyDefinition.CreateAssembly(new("Texts.resources", new(1, 0)), "Texts.resources",
            ModuleKind.Dll))
        {
            assembly.MainModule.Resources.Add(new EmbeddedResource("Texts.de", ManifestResourceAttributes.Public, [1, 2]));
            assembly.Write(Input);
        }

        var report = Weave(Input, Output);

        Assert.That(report.Woven, Is.Empty);
        Assert.That(report.ToString(), Does.StartWith("0 methods woven"));
        Assert.That(File.ReadAllBytes(Output), Is.EqualTo(File.ReadAllBytes(Input)));
    }

    [Test]
    public void A_file_that_is_cut_off_is_refused_wherever_that_happens()
    {
        var image = File.ReadAllBytes(Scenario);
        var last = Headers(image).SectionHeaders.Max(section => section.PointerToRawData + section.SizeOfRawData);
        foreach (var length in Enumerable.Range(0, 200).Select(part => image.Length * part / 200))
        {
            File.WriteAllBytes(Input, image[..length]);
            if (length < last)
                ExpectRefusal("");
        }
    }

    [Test]
    public void A_damaged_file_is_woven_or_refused_and_nothing_else_happens()
    {
        var image = File.ReadAllBytes(Scenario);
        var random = new Random(20261122);
        var refused = 0;
        for (var round = 0; round < 150; round++)
        {
            var damaged = (byte[])image.Clone();
            for (var i = 0; i < 8; i++)
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(Input, damaged);
            try
            {
                Weave(Input, Output);
            }
            catch (WeavingException)
            {
                refused++;
            }
        }
        Assert.That(refused, Is.Positive);
        Assert.That(Directory.GetFiles(folder.Location, "*.tmp"), Is.Empty);
    }

    [Test]
    public void Symbols_that_cannot_be_read_are_named()
    {
        File.Copy(Scenario, Input);
        File.WriteAllText(folder.File("Input.pdb"), "BSJB, but no more than that");

        ExpectRefusal("The symbols of ");
    }

    [Test]
    public void Symbols_of_another_build_are_not_used()
    {
        File.Copy(Scenario, Input);
        File.Copy(Path.Combine(WovenAssembly.Folder, "Debug", "Scenarios.CSharp.pdb"), folder.File("Input.pdb"));

        var report = Weave(Input, Output);

        Assert.That(report.Woven, Is.Not.Empty);
        Assert.That(folder.File("Output.pdb"), Does.Not.Exist);
    }

    [Test]
    public void A_missing_reference_is_named()
    {
        Directory.CreateDirectory(folder.File("lib"));
        using (var enums = AssemblyDefinition.CreateAssembly(new("Enums", new(1, 0)), "Enums", ModuleKind.Dll))
        using (var module = ModuleDefinition.ReadModule(Scenario))
        {
            var reference = new AssemblyNameReference("Enums", new(1, 0));
            module.AssemblyReferences.Add(reference);
            // A constant is written by the type of the enum, which only its assembly tells.
            module.GetType("Scenarios.Counts").Fields.Add(new("Color", FieldAttributes.Public | FieldAttributes.Static |
                FieldAttributes.Literal, new TypeReference("Enums", "Color", module, reference, true))
            { Constant = 1 });
            // Written with it at hand.
            var color = new TypeDefinition("Enums", "Color", TypeAttributes.Public | TypeAttributes.Sealed,
                new TypeReference("System", "Enum", enums.MainModule, enums.MainModule.TypeSystem.CoreLibrary));
            color.Fields.Add(new("value__", FieldAttributes.Public | FieldAttributes.SpecialName,
                enums.MainModule.TypeSystem.Int32));
            enums.MainModule.Types.Add(color);
            enums.Write(folder.File("lib/Enums.dll"));
            ((BaseAssemblyResolver)module.AssemblyResolver).AddSearchDirectory(folder.File("lib"));
            module.Write(Input);
        }

        ExpectRefusal("references Enums, Version=1.0.0.0");
        Weave(Input, Output, folder.File("lib"));
        Assert.That(Output, Does.Exist);
    }

    static PEHeaders Headers(byte[] image) => new(new MemoryStream(image));

    // The message names the file; what lay at the output's place lies there still, and nothing else.
    void ExpectRefusal(string reason)
    {
        File.WriteAllText(Output, "what was there before");
        var before = File.ReadAllBytes(Input);

        Assert.That(() => Weave(Input, Output),
            Throws.TypeOf<WeavingException>().With.Message.Contains(Input).And.Message.Contains(reason));
        Assert.That(File.ReadAllText(Output), Is.EqualTo("what was there before"));
        Assert.That(File.ReadAllBytes(Input), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(folder.Location, "*.tmp"), Is.Empty);
    }

    static WeavingReport Weave(string input, string output, params string[] folders) => FileWeaving.Weave(input, output,
        new() { AutoStart = false }, typeof(Recorder).Assembly.Location,
        [.. folders, Path.GetDirectoryName(typeof(object).Assembly.Location)!]);
}
