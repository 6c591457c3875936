using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace ProfilerWeaver.Tests.Architecture;

/// <summary>A live file is an image of the recorder's memory: whoever changes a structure in it raises its version, so that a
/// reader of another version says so instead of reading nonsense.</summary>
public class LiveLayoutTests
{
    static readonly Type[] Structures =
    [
        typeof(LiveHeader), typeof(LiveChunk), typeof(Registry), typeof(ModuleEntry), typeof(RecordingEntry), typeof(ThreadEntry),
        typeof(TextBlock), typeof(ThreadArena), typeof(FrameStack), typeof(SampledThread), typeof(FrameSegment), typeof(Frame),
        typeof(Node), typeof(AsyncNode),
    ];

    [Test]
    public void A_changed_layout_has_a_new_version()
    {
        var actual = $"version {LiveHeader.CurrentVersion}\n" + string.Join("", Structures.Select(Describe));
        var path = Path.Combine(SourceFolder(), "LiveLayout.txt");
        if (Environment.GetEnvironmentVariable("PROFILERWEAVER_ACCEPT_LISTINGS") == "1")
            File.WriteAllText(path, actual);

        Assert.That(actual, Is.EqualTo(File.ReadAllText(path)),
            $"Raise {nameof(LiveHeader)}.{nameof(LiveHeader.CurrentVersion)}, then run this test once with PROFILERWEAVER_ACCEPT_LISTINGS=1.");
    }

    [Test]
    public void Every_structure_that_these_point_to_is_among_them()
    {
        var named = Structures.SelectMany(FieldsOf).Select(field => ElementOf(field.FieldType))
            .Where(type => type is { IsValueType: true, IsPrimitive: false } && type.Assembly == typeof(Node).Assembly);

        // What only the process itself uses: tables that are rebuilt, and hands out what lies in the file.
        Type[] ownOfProcess = [typeof(Children), typeof(NodePool), typeof(OpenTruncated), typeof(KnownPairs)];
        Assert.That(named.Distinct().Except(Structures).Except(ownOfProcess), Is.Empty);
    }

    static string Describe(Type structure)
    {
        var text = new StringBuilder($"{structure.Name}, {SizeOf(structure)} bytes\n");
        foreach (var field in FieldsOf(structure))
            text.Append($"    {NameOf(field.FieldType)} {field.Name}\n");
        return text.ToString();
    }

    // In the order of their declaration, which is that of their places.
    static IEnumerable<FieldInfo> FieldsOf(Type structure) => structure
        .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(field => field.MetadataToken);

    static string NameOf(Type type) => type.IsPointer ? NameOf(type.GetElementType()!) + "*" : type.Name;

    static Type ElementOf(Type type) => type.IsPointer ? ElementOf(type.GetElementType()!) : type;

    static int SizeOf(Type structure) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(structure).Invoke(null, null)!;

    static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
