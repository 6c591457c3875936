using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>Woven bodies are well-formed, and their own instructions are the ones that they had.</summary>
[TestFixture("Debug", false)]
[TestFixture("Debug", true)]
[TestFixture("Release", false)]
[TestFixture("Release", true)]
public sealed class StructureTests(string configuration, bool builtins) : IDisposable
{
    readonly ModulePair pair = ModulePair.Of(configuration, builtins);

    [Test]
    public void Every_woven_body_is_well_formed() =>
        Assert.That(pair.Woven.GetAllTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
            .SelectMany(method => BodyVerifier.Errors(method.Body)), Is.Empty);

    // What the compiler makes passes, or the verifier would be wrong.
    [Test]
    public void Every_original_body_is_well_formed() =>
        Assert.That(pair.Bodies.SelectMany(bodies => BodyVerifier.Errors(bodies.Original.Body)), Is.Empty);

    [Test]
    public void Every_instruction_is_kept_in_its_order() => Assert.Multiple(() =>
    {
        foreach (var (original, woven) in pair.Bodies)
            Assert.That(() => new BodyAlignment(original.Body, woven.Body), Throws.Nothing);
    });

    [Test]
    public void Branches_and_regions_keep_their_targets() => Assert.Multiple(() =>
    {
        foreach (var (original, woven) in pair.Bodies)
            CheckTargets(original.Body, woven.Body);
    });

    [Test]
    public void Locals_and_their_initialization_are_kept() => Assert.Multiple(() =>
    {
        foreach (var (original, woven) in pair.Bodies)
        {
            Assert.That(woven.Body.InitLocals, Is.EqualTo(original.Body.InitLocals), original.FullName);
            Assert.That(woven.Body.Variables.Take(original.Body.Variables.Count).Select(Text),
                Is.EqualTo(original.Body.Variables.Select(Text)), original.FullName);
        }
    });

    [Test]
    public void Nearly_everything_is_woven()
    {
        var untouched = pair.Bodies.Select(bodies => bodies.Woven).Where(method => !IsEntered(method.Body)).ToList();
        var unexplained = untouched.Where(method =>
            !IsStateMachinePlumbing(method) && !IsClosure(method) && !IsHelper(method)
            && method.DeclaringType.Name != "<PrivateImplementationDetails>"
            // What an extension block declares; its members are static methods of the class around it.
            && !method.DeclaringType.FullName.Contains("/<G>$", StringComparison.Ordinal));

        Assert.That(unexplained, Is.Empty);
        Assert.That(pair.Bodies, Has.Count.GreaterThan(untouched.Count * 2));
    }

    public void Dispose() => pair.Dispose();

    static bool IsEntered(MethodBody body) => body.Instructions.Any(instruction =>
        instruction.Operand is MethodReference { DeclaringType.FullName: "ProfilerWeaver.Recorder", Name: "Enter" or "EnterAsync" });

    // The method that makes and starts the machine, and what the machine has beside MoveNext.
    static bool IsStateMachinePlumbing(MethodDefinition method) =>
        method.CustomAttributes.Any(attribute =>
            attribute.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal))
        || (method.DeclaringType.Name.Contains(">d", StringComparison.Ordinal) && method.Name != "MoveNext");

    static bool IsClosure(MethodDefinition method) => method.IsConstructor && method.DeclaringType.Name.StartsWith('<');

    // What calls a base method for a lambda, and what a collection expression becomes whose type is an interface.
    static bool IsHelper(MethodDefinition method) => method.Name.StartsWith("<>n__", StringComparison.Ordinal)
        || method.DeclaringType.FullName.Contains("<>z__", StringComparison.Ordinal);

    static void CheckTargets(MethodBody original, MethodBody woven)
    {
        var alignment = new BodyAlignment(original, woven);
        foreach (var instruction in original.Instructions)
        {
            var now = alignment[instruction];
            if (instruction.Operand is Instruction target)
                Check(target, (Instruction)now.Operand, $"the target of {instruction}");
            if (instruction.Operand is Instruction[] targets)
            {
                foreach (var (before, after) in targets.Zip((Instruction[])now.Operand))
                    Check(before, after, $"a target of {instruction}");
            }
        }
        foreach (var (before, after) in original.ExceptionHandlers.Zip(woven.ExceptionHandlers))
        {
            Assert.That(after.HandlerType, Is.EqualTo(before.HandlerType));
            Assert.That(after.CatchType?.FullName, Is.EqualTo(before.CatchType?.FullName));
            Check(before.TryStart, after.TryStart, "a try's start");
            Check(before.TryEnd, after.TryEnd, "a try's end");
            Check(before.FilterStart, after.FilterStart, "a filter's start");
            Check(before.HandlerStart, after.HandlerStart, "a handler's start");
            Check(before.HandlerEnd, after.HandlerEnd, "a handler's end");
        }

        void Check(Instruction? before, Instruction? after, string what) =>
            Assert.That(alignment.Forward(after), Is.EqualTo(alignment.Place(before)),
                $"{original.Method.FullName}: {what}");
    }

    static string Text(VariableDefinition variable) => $"{variable.VariableType.FullName} {variable.IsPinned}";
}
