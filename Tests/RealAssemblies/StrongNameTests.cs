using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using System.Security.Cryptography;
using Mono.Cecil;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.RealAssemblies;

/// <summary>A woven assembly keeps the name that others know it by; its signature is dropped, or made anew.</summary>
public sealed class StrongNameTests : IDisposable
{
    static readonly byte[] Key = MakeKey();
    static readonly string Scenario = Path.Combine(WovenAssembly.Folder, "Release", "Scenarios.CSharp.dll");

    readonly TemporaryFolder folder = new();

    string Input => folder.File("Input.dll");

    string Output => folder.File("Output.dll");

    [SetUp]
    public void Sign()
    {
        using var module = ModuleDefinition.ReadModule(Scenario);
        module.Write(Input, new() { StrongNameKeyBlob = Key });
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void The_signed_input_is_signed() => Assert.That(IsSignedWithKey(Input), Is.True);

    [Test]
    public void Without_a_key_name_and_public_key_stay_and_the_signature_goes()
    {
        Weave(null);

        using var before = ModuleDefinition.ReadModule(Input);
        using var after = ModuleDefinition.ReadModule(Output);
        Assert.That(after.Assembly.Name.FullName, Is.EqualTo(before.Assembly.Name.FullName));
        Assert.That(after.Assembly.Name.PublicKey, Is.EqualTo(before.Assembly.Name.PublicKey).And.Not.Empty);
        Assert.That(after.Attributes, Is.EqualTo(ModuleAttributes.ILOnly));
        Assert.That(new AssemblyLoadContext(Output).LoadFromAssemblyPath(Output).GetName().FullName,
            Is.EqualTo(before.Assembly.Name.FullName));
    }

    [Test]
    public void With_the_key_it_is_signed_again()
    {
        Weave(Key);

        using var module = ModuleDefinition.ReadModule(Output);
        Assert.That(module.Attributes & ModuleAttributes.StrongNameSigned, Is.EqualTo(ModuleAttributes.StrongNameSigned));
        Assert.That(IsSignedWithKey(Output), Is.True);
    }

    [Test]
    public void Another_key_is_refused() => Assert.That(() => Weave(MakeKey()), Refused("different strong-name key"));

    [Test]
    public void A_public_key_alone_is_refused()
    {
        using var rsa = new RSACryptoServiceProvider();
        rsa.ImportCspBlob(Key);

        Assert.That(() => Weave(rsa.ExportCspBlob(includePrivateParameters: false)), Refused("is not a key pair"));
        Assert.That(() => Weave([1, 2, 3]), Refused("is not a key pair"));
    }

    [Test]
    public void An_unsigned_assembly_is_not_signed()
    {
        File.Copy(Scenario, Input, overwrite: true);

        Weave(Key);

        using var module = ModuleDefinition.ReadModule(Output);
        Assert.That(module.Assembly.Name.HasPublicKey, Is.False);
        Assert.That(module.Attributes, Is.EqualTo(ModuleAttributes.ILOnly));
    }

    NUnit.Framework.Constraints.ContainsConstraint Refused(string reason) =>
        Throws.TypeOf<WeavingException>().With.Message.Contains(Input).And.Message.Contains(reason);

    void Weave(byte[]? key) => FileWeaving.Weave(Input, Output, new() { AutoStart = false },
        typeof(Recorder).Assembly.Location, [Path.GetDirectoryName(typeof(object).Assembly.Location)!], key);

    static byte[] MakeKey()
    {
        using var rsa = new RSACryptoServiceProvider(2048);
        return rsa.ExportCspBlob(includePrivateParameters: true);
    }

    // The hash is of headers and sections without checksum, certificate table and the signature itself; the signature is
    // stored with its least significant byte first.
    static bool IsSignedWithKey(string path)
    {
        var image = File.ReadAllBytes(path);
        var headers = new PEHeaders(new MemoryStream(image));
        var directory = headers.CorHeader!.StrongNameSignatureDirectory;
        headers.TryGetDirectoryOffset(directory, out var offset);
        var signature = image[offset..(offset + directory.Size)];
        Array.Reverse(signature);

        var isPlus = headers.PEHeader!.Magic == PEMagic.PE32Plus;
        image.AsSpan(headers.PEHeaderStartOffset + 64, 4).Clear();
        image.AsSpan(headers.PEHeaderStartOffset + (isPlus ? 112 : 96) + 4 * 8, 8).Clear();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        var headersEnd = headers.PEHeaderStartOffset + headers.CoffHeader.SizeOfOptionalHeader
            + headers.SectionHeaders.Length * 40;
        hash.AppendData(image, 0, headersEnd);
        foreach (var section in headers.SectionHeaders)
        {
            var (start, end) = (section.PointerToRawData, section.PointerToRawData + section.SizeOfRawData);
            if (offset >= start && offset < end)
            {
                hash.AppendData(image, start, offset - start);
                start = offset + directory.Size;
            }
            hash.AppendData(image, start, end - start);
        }

        using var rsa = new RSACryptoServiceProvider();
        rsa.ImportCspBlob(Key);
        return rsa.VerifyHash(hash.GetHashAndReset(), signature, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
    }
}
