using System.Diagnostics;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>The file that the recorder's memory lies in, by system calls and by what .NET has for it.</summary>
public unsafe class MappedFileTests
{
    const int Size = 1 << 17;

    static readonly bool[] Kinds = OperatingSystem.IsLinux() ? [true, false] : [true];

    [Test]
    public void What_is_appended_is_zero_and_what_is_written_to_it_is_in_the_file([ValueSource(nameof(Kinds))] bool byDotNet)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("app.prof.live");
        using var file = Create(path, byDotNet);
        var first = file.Extend(Size);
        var second = file.Extend(Size);
        Assert.That(file.Length, Is.EqualTo(2 * Size));
        Assert.That(new ReadOnlySpan<byte>(first, Size).ContainsAnyExcept((byte)0), Is.False);
        Assert.That(new ReadOnlySpan<byte>(second, Size).ContainsAnyExcept((byte)0), Is.False);
        first[Size - 1] = 1;
        second[0] = 2;

        using var reader = LiveFileAccess.OpenForReading(path);
        var content = new byte[2 * Size];
        reader.ReadExactly(content);
        Assert.That(reader.ReadByte(), Is.EqualTo(-1));
        Assert.That(content[Size - 1], Is.EqualTo(1));
        Assert.That(content[Size], Is.EqualTo(2));
    }

    [Test]
    public void Nobody_else_can_have_the_file([ValueSource(nameof(Kinds))] bool byDotNet)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("app.prof.live");
        using (Create(path, byDotNet))
        {
            var refusal = Assert.Throws<IOException>(() => LiveFileAccess.Open(path, FileMode.OpenOrCreate).Dispose());
            Assert.That(LiveFileAccess.IsInUse(refusal!), Is.True);
        }

        Assert.That(() => LiveFileAccess.Open(path, FileMode.OpenOrCreate).Dispose(), Throws.Nothing);
    }

    [Test]
    [Platform("Linux")]
    public void H8_Memory_whose_file_gives_its_room_back_keeps_what_is_written_meanwhile([ValueSource(nameof(Kinds))] bool byDotNet)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("app.prof.live");
        using var file = Create(path, byDotNet);
        file.Extend(Size);
        var piece = file.Extend(Size);
        for (var i = 0; i < Size; i++)
            piece[i] = 7;
        var counters = (long*)piece;
        counters[0] = counters[Size / 8 - 1] = 0;
        var isOver = false;
        var written = 0L;
        var writer = new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                counters[0]++;
                counters[Size / 8 - 1]++;
                written++;
            }
        });
        writer.Start();
        SpinWait.SpinUntil(() => Volatile.Read(ref counters[0]) > 1000);

        Assert.That(file.Detach(Size, piece, Size), Is.True);
        var then = Volatile.Read(ref counters[0]);
        SpinWait.SpinUntil(() => Volatile.Read(ref counters[0]) > then + 1000);
        Volatile.Write(ref isOver, true);
        writer.Join();

        Assert.That(counters[0], Is.EqualTo(written));
        Assert.That(counters[Size / 8 - 1], Is.EqualTo(written));
        Assert.That(new ReadOnlySpan<byte>(piece + 8, Size - 16).ContainsAnyExcept((byte)7), Is.False);
        using var reader = LiveFileAccess.OpenForReading(path);
        var content = new byte[2 * Size];
        reader.ReadExactly(content);
        Assert.That(content.AsSpan().ContainsAnyExcept((byte)0), Is.False);
    }

    [Test]
    [Platform("Linux")]
    public void A_file_that_is_there_is_left_to_dotnet()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("app.prof.live");
        File.WriteAllText(path, "something");

        Assert.That(LinuxFile.TryCreate(path), Is.Null);
        Assert.That(LinuxFile.TryCreate(folder.File("missing/app.prof.live")), Is.Null);
        Assert.That(File.ReadAllText(path), Is.EqualTo("something"));
    }

    [Test]
    [Platform("Linux")]
    public void An_output_is_where_an_ordinary_file_is_or_nothing()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("there"), "");
        Directory.CreateDirectory(folder.File("folder"));
        using (var make = Process.Start("mkfifo", [folder.File("pipe")]))
            make.WaitForExit();

        foreach (var name in new[] { "nothing", "there", ".hidden", "..two" })
            Assert.That(LinuxFile.TryResolve(folder.File(name)), Is.EqualTo(folder.File(name)));
        Assert.That(LinuxFile.TryResolve("app.prof"), Is.EqualTo(Path.GetFullPath("app.prof")));
        Assert.That(LinuxFile.TryResolve(folder.File("folder")), Is.Null);
        Assert.That(LinuxFile.TryResolve(folder.File("pipe")), Is.Null);
    }

    [Platform("Linux")]
    [TestCase("")]
    [TestCase("/")]
    [TestCase("../app.prof")]
    [TestCase("/tmp/")]
    [TestCase("/tmp//app.prof")]
    [TestCase("/tmp/./app.prof")]
    [TestCase("/tmp/../app.prof")]
    [TestCase("/tmp/.")]
    [TestCase("/tmp/..")]
    [TestCase("/tmp/\u00FC.prof")]
    [TestCase("/tmp/a\0b")]
    public void What_dotnet_would_resolve_is_left_to_it(string path) => Assert.That(LinuxFile.TryResolve(path), Is.Null);

    static MappedFile Create(string path, bool byDotNet) => byDotNet
        ? new MappedStream(LiveFileAccess.Open(path, FileMode.OpenOrCreate).Detach())
        : LinuxFile.TryCreate(path)!;
}
