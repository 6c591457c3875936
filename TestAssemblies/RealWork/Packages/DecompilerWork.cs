using ICSharpCode.Decompiler;
using ICSharpCode.Decompiler.CSharp;

namespace RealWork;

static class DecompilerWork
{
    public static void Run(TextWriter output)
    {
        var decompiler = new CSharpDecompiler(typeof(DecompilerWork).Assembly.Location,
            new DecompilerSettings { ThrowOnAssemblyResolveErrors = false });
        output.WriteLine(decompiler.DecompileWholeModuleAsString());
    }
}
