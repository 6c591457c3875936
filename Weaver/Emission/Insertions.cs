using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Instructions to be inserted into a body, all at one go. Cecil's own insertion moves everything behind it and goes
/// through every scope of the method, for each instruction: quadratic in the size of the body.
/// </summary>
sealed class Insertions
{
    readonly MethodBody body;
    readonly Dictionary<Instruction, Instruction[]> before = [];
    readonly Dictionary<Instruction, Instruction[]> after = [];
    readonly List<Instruction> atEnd = [];
    int count;

    /// <summary>Begins with nothing to insert. Until <see cref="Apply"/> the body keeps its instructions and their order;
    /// what they do may be changed.</summary>
    public Insertions(MethodBody body)
    {
        this.body = body;
        // Setting an instruction has Cecil turn the offsets in scopes and in notes for the debugger into references to
        // instructions, as long as the offsets are right; it cuts the instruction off from the next one.
        var first = body.Instructions[0];
        var second = first.Next;
        body.Instructions[0] = first;
        first.Next = second;
    }

    /// <summary>Inserts before an instruction of the body, or one that is inserted itself. Branches to it go past what is
    /// inserted. Once for each instruction.</summary>
    public void Before(Instruction instruction, params Instruction[] inserted) => Keep(before, instruction, inserted);

    /// <summary>Inserts behind an instruction of the body, or one that is inserted itself. Once for each
    /// instruction.</summary>
    public void After(Instruction instruction, params Instruction[] inserted) => Keep(after, instruction, inserted);

    /// <summary>Inserts behind everything else.</summary>
    public void AtEnd(params Instruction[] inserted)
    {
        atEnd.AddRange(inserted);
        count += inserted.Length;
    }

    /// <summary>Gives the body its new instructions.</summary>
    public void Apply()
    {
        var old = body.Instructions.ToArray();
        body.Instructions.Clear();
        body.Instructions.Capacity = old.Length + count;
        foreach (var instruction in old)
            Add(instruction);
        foreach (var instruction in atEnd)
            Add(instruction);
    }

    void Keep(Dictionary<Instruction, Instruction[]> inserted, Instruction instruction, Instruction[] instructions)
    {
        inserted.Add(instruction, instructions);
        count += instructions.Length;
    }

    void Add(Instruction instruction)
    {
        AddAll(before, instruction);
        body.Instructions.Add(instruction);
        AddAll(after, instruction);
    }

    void AddAll(Dictionary<Instruction, Instruction[]> inserted, Instruction instruction)
    {
        if (!inserted.TryGetValue(instruction, out var instructions))
            return;
        foreach (var other in instructions)
            Add(other);
    }
}
