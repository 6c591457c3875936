using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;
using Mono.Cecil.Cil;
using MethodDebugInformation = System.Reflection.Metadata.MethodDebugInformation;
using SequencePoint = System.Reflection.Metadata.SequencePoint;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>
/// A debugger finds the same in a woven assembly as before: the compiler writes a PDB file in Debug and embeds the PDB
/// in Release.
/// </summary>
[TestFixture("Debug", false)]
[TestFixture("Debug", true)]
[TestFixture("Release", false)]
[TestFixture("Release", true)]
public sealed class DebugInformationTests : IDisposable
{
    static readonly Guid SteppingInformation = new("54FD2AC5-E925-401A-9C2A-F94F171072F8");
    static readonly Guid HoistedLocalScopes = new("6DA9A61E-F8C7-4874-BE62-68BC5630DF71");

    readonly ModulePair pair;
    readonly SymbolFile before;
    readonly SymbolFile after;

    public DebugInformationTests(string configuration, bool builtins)
    {
        pair = ModulePair.Of(configuration, builtins);
        before = new(CorpusAssembly.Original(configuration).Path);
        after = new(CorpusAssembly.Woven(configuration, builtins).Path);
    }

    [Test]
    public void W3_All_documents_are_kept_in_their_order()
    {
        Assert.That(Documents(before).ToList(), Has.Count.GreaterThan(20)
            .And.Some.Matches<(string Name, Guid, string, Guid)>(
                document => document.Name.EndsWith("OnlyEnum.cs", StringComparison.Ordinal)));
        Assert.That(Documents(after), Is.EqualTo(Documents(before)));

        static IEnumerable<(string Name, Guid, string, Guid)> Documents(SymbolFile file) =>
            from handle in file.Symbols.Documents
            let document = file.Symbols.GetDocument(handle)
            select (file.Symbols.GetString(document.Name), file.Symbols.GetGuid(document.HashAlgorithm),
                Convert.ToHexString(file.Symbols.GetBlobBytes(document.Hash)), file.Symbols.GetGuid(document.Language));
    }

    // Whatever it is about: sources in documents, documents of types, names in tuples of locals, options of the compiler.
    // Those that hold places in bodies are compared below.
    [Test]
    public void W3_Every_note_of_the_compiler_is_kept()
    {
        var original = PortableNotes.In(before, SteppingInformation, HoistedLocalScopes).ToList();

        Assert.That(PortableNotes.In(after, SteppingInformation, HoistedLocalScopes), Is.EquivalentTo(original));
        Assert.That(original.Select(note => note.Kind).Distinct(), Is.SupersetOf((string[])[
            "embedded source", "documents of a type", "names in a tuple", "flags of dynamic", "options of the compiler", "references"]));
    }

    [Test]
    public void Sequence_points_stay_with_their_instructions() => ForEachBody((body, method, wovenMethod) =>
    {
        var original = before.Method(method).GetSequencePoints();
        var woven = after.Method(wovenMethod).GetSequencePoints();
        Assert.That(woven.Select(point => Lines(after, point)),
            Is.EqualTo(original.Select(point => Lines(before, point))));
        Assert.That(woven.Select(point => body.Place(point.Offset)),
            Is.EqualTo(original.Select(point => body.OriginalPlace(point.Offset))));
        return original.Count();

        static (string, int, int, int, int, bool) Lines(SymbolFile file, SequencePoint point) => (
            file.DocumentName(point.Document), point.StartLine, point.StartColumn, point.EndLine, point.EndColumn,
            point.IsHidden);
    });

    [Test]
    public void Scopes_keep_their_names_and_their_instructions() => ForEachBody((body, method, wovenMethod) =>
    {
        var (original, woven) = (before.Scopes(method).ToList(), after.Scopes(wovenMethod).ToList());
        Assert.That(woven.Select(scope => Names(after, scope)),
            Is.EqualTo(original.Select(scope => Names(before, scope))));
        Assert.That(woven.Select(scope => (body.Place(scope.StartOffset), body.Place(scope.EndOffset))),
            Is.EqualTo(original.Select(scope =>
                (body.OriginalPlace(scope.StartOffset), body.OriginalPlace(scope.EndOffset)))));
        return original.Sum(scope => scope.GetLocalVariables().Count + scope.GetLocalConstants().Count);

        static string Names(SymbolFile file, LocalScope scope)
        {
            var variables = from handle in scope.GetLocalVariables()
                            let local = file.Symbols.GetLocalVariable(handle)
                            select $"{local.Index} {file.Symbols.GetString(local.Name)} {local.Attributes}";
            var constants = from handle in scope.GetLocalConstants()
                            let local = file.Symbols.GetLocalConstant(handle)
                            select $"{file.Symbols.GetString(local.Name)} {file.Symbols.GetBlobReader(local.Signature).Length}";
            return string.Join(", ", [.. variables, .. constants]);
        }
    });

    [Test]
    public void Scopes_import_the_same_namespaces() => ForEachBody((body, method, wovenMethod) =>
    {
        var original = before.Scopes(method).Select(scope => Imports(before, scope.ImportScope)).ToList();
        Assert.That(after.Scopes(wovenMethod).Select(scope => Imports(after, scope.ImportScope)), Is.EqualTo(original));
        return original.Sum(text => text.Length);

        static string Imports(SymbolFile file, ImportScopeHandle handle)
        {
            if (handle.IsNil)
                return "";
            var scope = file.Symbols.GetImportScope(handle);
            var imports = from import in scope.GetImports()
                          let space = import.TargetNamespace.IsNil ? [] : file.Symbols.GetBlobBytes(import.TargetNamespace)
                          select $"{import.Kind} {Encoding.UTF8.GetString(space)}";
            return $"{string.Join(", ", imports)} in {Imports(file, scope.Parent)}";
        }
    });

    [Test]
    public void Symbols_name_the_signature_of_the_locals() => ForEachBody((_, method, wovenMethod) =>
    {
        if (before.Method(method).SequencePointsBlob.IsNil)
            return 0;
        var signature = after.Method(wovenMethod).LocalSignature;
        Assert.That(signature.IsNil ? 0 : MetadataTokens.GetToken(signature),
            Is.EqualTo(after.LocalSignatureToken(wovenMethod)));
        return 1;
    });

    [Test]
    public void Async_stepping_leads_to_the_same_instructions() => ForEachBody((body, method, wovenMethod) =>
    {
        var original = before.Notes(method).Where(note => note.Kind == SteppingInformation).ToList();
        var woven = after.Notes(wovenMethod).Where(note => note.Kind == SteppingInformation).ToList();
        Assert.That(woven, Has.Count.EqualTo(original.Count));
        foreach (var (was, now) in original.Zip(woven))
        {
            Assert.That(Steps(now.Value, body.Place, token => MethodName(after, token)),
                Is.EqualTo(Steps(was.Value, body.OriginalPlace, token => MethodName(before, token))));
        }
        return original.Count;

        static List<string> Steps(BlobReader reader, Func<int, string> place, Func<int, string> method)
        {
            var handler = reader.ReadInt32();
            List<string> steps = [handler == 0 ? "no handler" : place(handler - 1)];
            while (reader.RemainingBytes > 0)
            {
                steps.Add($"{place(reader.ReadInt32())} - {place(reader.ReadInt32())} in "
                    + method(0x06000000 | reader.ReadCompressedInteger()));
            }
            return steps;
        }
    });

    [Test]
    public void State_machines_know_the_method_they_were_made_of() => ForEachBody((_, method, wovenMethod) =>
    {
        var (original, woven) = (before.Method(method), after.Method(wovenMethod));
        Assert.That(Name(after, woven), Is.EqualTo(Name(before, original)));
        return original.GetStateMachineKickoffMethod().IsNil ? 0 : 1;

        static string Name(SymbolFile file, MethodDebugInformation method) =>
            method.GetStateMachineKickoffMethod() is { IsNil: false } kickoff
                ? MethodName(file, MetadataTokens.GetToken(kickoff))
                : "";
    });

    [Test]
    public void Scopes_of_hoisted_locals_cover_the_same_instructions() => ForEachBody((body, method, wovenMethod) =>
    {
        var original = before.Notes(method).Where(note => note.Kind == HoistedLocalScopes).ToList();
        var woven = after.Notes(wovenMethod).Where(note => note.Kind == HoistedLocalScopes).ToList();
        Assert.That(woven.SelectMany(note => Ranges(note.Value, body.Place)),
            Is.EqualTo(original.SelectMany(note => Ranges(note.Value, body.OriginalPlace))));
        return original.Count;

        static List<string> Ranges(BlobReader reader, Func<int, string> place)
        {
            var ranges = new List<string>();
            while (reader.RemainingBytes > 0)
            {
                var (start, length) = (reader.ReadInt32(), reader.ReadInt32());
                ranges.Add(length == 0 ? "nowhere" : $"{place(start)} - {place(start + length)}");
            }
            return ranges;
        }
    });

    [Test]
    public void The_assembly_names_its_symbols()
    {
        Assert.That(after.IsEmbedded, Is.EqualTo(before.IsEmbedded));
        Assert.That(after.DebugDirectory.Select(entry => entry.Type),
            Is.EquivalentTo(before.DebugDirectory.Select(entry => entry.Type)));
        var id = new BlobContentId(after.Symbols.DebugMetadataHeader!.Id);
        Assert.That(after.CodeView.Guid, Is.EqualTo(id.Guid));
        Assert.That(after.Entry(DebugDirectoryEntryType.CodeView)!.Value.Stamp, Is.EqualTo(id.Stamp));
        Assert.That(Path.GetFileName(after.CodeView.Path), Is.EqualTo(Path.GetFileName(before.CodeView.Path)));
        Assert.That(after.CodeView.Guid, Is.Not.EqualTo(before.CodeView.Guid));
    }

    // A symbol server refuses a package in which they differ.
    [Test]
    public void The_checksum_is_that_of_the_symbols()
    {
        Assert.That(after.Checksum?.AlgorithmName, Is.EqualTo(before.Checksum?.AlgorithmName).And.EqualTo("SHA256"));
        Assert.That(Checksum(before), Is.EqualTo(before.Checksum!.Value.Checksum));
        Assert.That(Checksum(after), Is.EqualTo(after.Checksum!.Value.Checksum));

        static byte[] Checksum(SymbolFile file)
        {
            var content = file.ReadPdb();
            content.AsSpan(file.Symbols.DebugMetadataHeader!.IdStartOffset, 20).Clear();
            return SHA256.HashData(content);
        }
    }

    public void Dispose()
    {
        pair.Dispose();
        before.Dispose();
        after.Dispose();
    }

    static string MethodName(SymbolFile file, int token)
    {
        var method = file.Metadata.GetMethodDefinition((MethodDefinitionHandle)MetadataTokens.EntityHandle(token));
        var type = file.Metadata.GetTypeDefinition(method.GetDeclaringType());
        return $"{file.Metadata.GetString(type.Name)}.{file.Metadata.GetString(method.Name)}";
    }

    /// <summary>Checks each method; <paramref name="check"/> returns how much there was to check.</summary>
    void ForEachBody(Func<Places, int, int, int> check)
    {
        var checkedCount = 0;
        Assert.Multiple(() =>
        {
            foreach (var (original, woven) in pair.Bodies)
            {
                try
                {
                    checkedCount += check(new(original.Body, woven.Body), original.MetadataToken.ToInt32(),
                        woven.MetadataToken.ToInt32());
                }
                catch (Exception e)
                {
                    Assert.Fail($"{original.FullName}: {e}");
                }
            }
        });
        Assert.That(checkedCount, Is.GreaterThan(0));
    }

    /// <summary>Names the places of a body alike before and after weaving.</summary>
    sealed class Places(MethodBody original, MethodBody woven)
    {
        readonly BodyAlignment alignment = new(original, woven);

        public string OriginalPlace(int offset) => offset >= original.CodeSize
            ? "the end"
            : Name(alignment[original.Instructions.First(instruction => instruction.Offset == offset)]);

        public string Place(int offset) => offset >= woven.CodeSize
            ? "the end"
            : Name(alignment.Forward(woven.Instructions.First(instruction => instruction.Offset == offset)));

        static string Name(Instruction? instruction) => instruction is null ? "the end" : $"{instruction}";
    }
}
