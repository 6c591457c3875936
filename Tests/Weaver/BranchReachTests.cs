using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using ProfilerWeaver.Tests.Corpus;
using ProfilerWeaver.Weaving;
using MethodAttributes = Mono.Cecil.MethodAttributes;
using TypeAttributes = Mono.Cecil.TypeAttributes;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>Random bodies, most of whose branches reach their targets just so, or no longer once they are woven.</summary>
[TestFixture(1, false)]
[TestFixture(2, true)]
[NonParallelizable]
public sealed class BranchReachTests(int seed, bool builtins)
{
    const int Methods = 400;
    const int Arguments = 16;

    [Test]
    public void Woven_bodies_take_the_same_ways_and_are_counted()
    {
        var original = Delegates(Load(Image(weave: false)));
        var woven = Delegates(Load(Image(weave: true)));
        using var profile = new Profile(builtins: builtins);
        profile.Enable();
        for (var i = 0; i < Methods; i++)
        {
            for (var argument = 0; argument < Arguments; argument++)
            {
                Assert.That(woven[i](argument), Is.EqualTo(original[i](argument)), $"M{i}({argument})");
            }
        }
        profile.Disable();

        var calls = new Stats(profile);
        Assert.Multiple(() =>
        {
            // M0 is what others call.
            for (var i = 1; i < Methods; i++)
                Assert.That(calls[$"Bodies.M{i}"].Calls, Is.EqualTo(Arguments), $"M{i}");
        });
    }

    [Test]
    public void Woven_bodies_are_well_formed_and_many_branches_stay_short()
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(Image(weave: true)));
        var bodies = module.GetType("Bodies").Methods.Select(method => method.Body).ToList();
        var branches = bodies.SelectMany(body => body.Instructions).Where(instruction => instruction.Operand is Instruction).ToList();
        var isShort = branches.ToLookup(branch => branch.OpCode.OperandType == OperandType.ShortInlineBrTarget);

        Assert.Multiple(() =>
        {
            Assert.That(bodies.SelectMany(BodyVerifier.Errors), Is.Empty);
            Assert.That(isShort[true].Count(), Is.GreaterThan(branches.Count / 4));
            Assert.That(isShort[false].Count(), Is.GreaterThan(branches.Count / 4));
        });
    }

    byte[] Image(bool weave)
    {
        using var module = ModuleDefinition.CreateModule("Bodies", ModuleKind.Dll);
        var random = new Random(seed);
        var external = module.ImportReference(typeof(BranchReachTests).GetMethod(nameof(Mix)));
        var type = new TypeDefinition("", "Bodies", TypeAttributes.Public | TypeAttributes.Class, module.TypeSystem.Object);
        module.Types.Add(type);
        for (var i = 0; i < Methods; i++)
        {
            var hasResult = random.Next(2) == 0;
            var method = new MethodDefinition($"M{i}", MethodAttributes.Public | MethodAttributes.Static,
                hasResult ? module.TypeSystem.Int32 : module.TypeSystem.Void);
            method.Parameters.Add(new(module.TypeSystem.Int32.MakeArrayType()));
            type.Methods.Add(method);
            var first = type.Methods[0];
            var endsWithTailCalls = i > 0 && method.ReturnType == first.ReturnType && random.Next(4) == 0;
            RandomBody.Write(random, method, external, endsWithTailCalls ? first : null);
        }
        if (weave)
        {
            using var runtime = ModuleDefinition.ReadModule(typeof(Recorder).Assembly.Location);
            AssemblyWeaving.Weave(module, new() { AutoStart = false, Builtins = builtins ? BuiltinCalls.All : BuiltinCalls.None }, runtime.Assembly.Name);
        }
        var image = new MemoryStream();
        module.Write(image);
        return image.ToArray();
    }

    /// <summary>What the bodies call outside their assembly.</summary>
    public static int Mix(int number) => number ^ (number >> 3) + 1;

    static Assembly Load(byte[] image) => new AssemblyLoadContext("bodies").LoadFromStream(new MemoryStream(image));

    // What a body returned, and what it left in the array.
    static Func<int, (object? Result, int Item)>[] Delegates(Assembly assembly) =>
    [
        .. Enumerable.Range(0, Methods).Select(i => assembly.GetType("Bodies")!.GetMethod($"M{i}")!).Select(
            method => new Func<int, (object?, int)>(argument =>
            {
                var item = new[] { argument };
                return (method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [item], null), item[0]);
            })),
    ];
}
