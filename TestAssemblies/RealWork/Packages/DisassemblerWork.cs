using Iced.Intel;

namespace RealWork;

static class DisassemblerWork
{
    public static void Run(TextWriter output)
    {
        var random = new Random(42);
        var code = new byte[20_000];
        random.NextBytes(code);
        var formatters = new Formatter[] { new NasmFormatter(), new GasFormatter(), new MasmFormatter(), new IntelFormatter() };
        var text = new StringOutput();
        var information = new InstructionInfoFactory();
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(code));
        decoder.IP = 0x1000;
        while (decoder.IP < 0x1000 + (ulong)code.Length)
        {
            var instruction = decoder.Decode();
            formatters[instruction.Length % formatters.Length].Format(instruction, text);
            output.WriteLine($"{instruction.IP:X} {text.ToStringAndReset()} {instruction.FlowControl} " +
                string.Join(",", information.GetInfo(instruction).GetUsedRegisters()));
        }
        var assembler = new Assembler(64);
        var loop = assembler.CreateLabel();
        assembler.mov(AssemblerRegisters.rax, 10);
        assembler.Label(ref loop);
        assembler.dec(AssemblerRegisters.rax);
        assembler.jnz(loop);
        assembler.ret();
        var stream = new MemoryStream();
        assembler.Assemble(new StreamCodeWriter(stream), 0x1000);
        output.WriteLine(Convert.ToHexString(stream.ToArray()));
    }
}
