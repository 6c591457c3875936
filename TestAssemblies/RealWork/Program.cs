using System.Globalization;

namespace RealWork;

/// <summary>
/// Lets a library work and prints all that it makes: <c>dotnet RealWork.dll work</c>. What is printed depends on nothing
/// but the library.
/// </summary>
static class Program
{
    static readonly Dictionary<string, Action<TextWriter>> Works = new(StringComparer.Ordinal)
    {
        ["Mono.Cecil"] = CecilWork.Run,
        ["Newtonsoft.Json"] = JsonWork.Run,
        ["NuGet"] = NuGetWork.Run,
        ["System.CommandLine"] = CommandLineWork.Run,
#if PACKAGES
        ["Autofac"] = ContainerWork.Run,
        ["ICSharpCode.Decompiler"] = DecompilerWork.Run,
        ["Iced"] = DisassemblerWork.Run,
        ["MathNet.Numerics"] = MathWork.Run,
        ["YamlDotNet"] = YamlWork.Run,
#endif
    };

    static int Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (arguments.Length != 1 || !Works.TryGetValue(arguments[0], out var run))
        {
            Console.Error.WriteLine($"Expected one of: {string.Join(", ", Works.Keys)}");
            return 1;
        }
        run(Console.Out);
        return 0;
    }
}
