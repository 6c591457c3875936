using System.Security.Cryptography;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace RealWork;

static class CecilWork
{
    public static void Run(TextWriter output)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(CecilWork).Assembly.Location,
            new() { ReadSymbols = true });
        foreach (var type in assembly.MainModule.GetAllTypes())
        {
            output.WriteLine(type.FullName);
            foreach (var method in type.Methods.Where(method => method.HasBody))
            {
                output.WriteLine($"  {method.FullName} {method.Body.MaxStackSize}");
                method.Body.SimplifyMacros();
                var il = method.Body.GetILProcessor();
                il.InsertBefore(method.Body.Instructions[0], il.Create(OpCodes.Nop));
                method.Body.OptimizeMacros();
                foreach (var instruction in method.Body.Instructions)
                    output.WriteLine($"    {instruction} {method.DebugInformation.GetSequencePoint(instruction)?.StartLine}");
            }
        }
        var stream = new MemoryStream();
        assembly.MainModule.Mvid = Guid.Empty;
        assembly.Write(stream, new() { Timestamp = 0 });
        output.WriteLine(Convert.ToHexString(SHA256.HashData(stream.ToArray())));
    }
}
