using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>Assemblies that have been compiled ahead of time (ReadyToRun), as some packages are: the machine code in
/// them knows of no probes.</summary>
public class PrecompiledAssemblyTests
{
    [Test]
    public void Only_their_IL_is_kept_and_it_runs()
    {
        using var folder = new TemporaryFolder();
        var original = typeof(Regex).Assembly.Location;
        var woven = folder.File(Path.GetFileName(original));
        using (var before = new PEReader(File.OpenRead(original)))
            Assert.That(before.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size, Is.Positive, "machine code");
        var settings = new WeaverSettings { AutoStart = false, Builtins = BuiltinCalls.None };

        FileWeaving.Weave(original, woven, settings, typeof(Profile).Assembly.Location, []);

        using (var after = new PEReader(File.OpenRead(woven)))
        {
            Assert.That(after.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size, Is.Zero);
            var kind = after.PEHeaders.CorHeader.Flags & (CorFlags.ILOnly | CorFlags.ILLibrary);
            Assert.That(kind, Is.EqualTo(CorFlags.ILOnly));
            Assert.That(after.PEHeaders.CoffHeader.Machine, Is.EqualTo(Machine.I386), "any CPU");
        }
        var context = new AssemblyLoadContext(nameof(Only_their_IL_is_kept_and_it_runs), isCollectible: true);
        var regex = context.LoadFromAssemblyPath(woven).GetType(typeof(Regex).FullName!)!;
        Assert.That(regex, Is.Not.SameAs(typeof(Regex)));
        var escape = regex.GetMethod(nameof(Regex.Escape), BindingFlags.Public | BindingFlags.Static)!;
        Assert.That(escape.Invoke(null, ["a.b"]), Is.EqualTo(@"a\.b"));
        context.Unload();
    }
}
