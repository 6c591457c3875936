using Mono.Cecil;
using Mono.Cecil.Cil;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>Branches as others than compilers leave them: obfuscators, and weavers that were there before.</summary>
public sealed class BranchTargetsTests : IDisposable
{
    readonly ModuleDefinition module =
        ModuleDefinition.ReadModule(Path.Combine(WovenAssembly.Folder, "Release", "Scenarios.CSharp.dll"));

    readonly MethodDefinition method;
    readonly Instruction branch;

    public BranchTargetsTests()
    {
        method = module.GetType("Scenarios.Naming.Order").Methods.Single(method => method.Name == "get_Twice");
        var body = method.Body;
        branch = Instruction.Create(OpCodes.Br_S, body.Instructions[0]);
        body.Instructions.Insert(0, branch);
    }

    public void Dispose() => module.Dispose();

    [Test]
    public void A_method_with_a_branch_to_no_instruction_is_skipped()
    {
        branch.Operand = null;

        Assert.That(Weave().Skipped, Has.One.EqualTo((method.FullName, "has an invalid branch target")));
    }

    [Test]
    public void A_method_with_a_case_of_a_switch_that_is_no_instruction_is_skipped()
    {
        (branch.OpCode, branch.Operand) = (OpCodes.Switch, new Instruction?[] { branch.Next, null });

        Assert.That(Weave().Skipped, Has.One.EqualTo((method.FullName, "has an invalid branch target")));
    }

    // What was inserted has no offset yet.
    [Test]
    public void A_branch_that_another_weaver_inserted_is_kept()
    {
        var target = method.Body.Instructions[^1];
        branch.Operand = target;
        method.Body.Instructions.Insert(0, Instruction.Create(OpCodes.Nop));

        Weave();

        Assert.That(branch.Operand, Is.SameAs(target));
    }

    [Test]
    public void A_branch_to_a_copy_of_an_instruction_leads_to_the_one_at_its_offset()
    {
        var target = method.Body.Instructions[^1];
        var copy = Instruction.Create(OpCodes.Ret);
        copy.Offset = target.Offset;
        branch.Operand = copy;

        Weave();

        Assert.That(branch.Operand, Is.SameAs(target));
    }

    WeavingReport Weave()
    {
        using var runtime = ModuleDefinition.ReadModule(typeof(Recorder).Assembly.Location);
        return AssemblyWeaving.Weave(module, new(), runtime.Assembly.Name);
    }
}
