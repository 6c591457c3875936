using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ProfilerWeaver.Tests.RealAssemblies;

/// <summary>The table in <c>docs/real-assemblies.md</c>.</summary>
sealed class RealAssembliesTable
{
    readonly List<Row> rows = [];

    sealed record Row(string Name, long Before, long After, int Woven, TimeSpan Weaving, int Read, TimeSpan Reading);

    /// <summary>Adds a row.</summary>
    /// <param name="name">The assembly.</param>
    /// <param name="input">Its file.</param>
    /// <param name="output">The woven file.</param>
    /// <param name="woven">How many methods were woven.</param>
    /// <param name="weaving">How long it took to read, weave and write.</param>
    /// <param name="read">How many bodies the JIT compiled.</param>
    /// <param name="reading">How long that took.</param>
    public void Add(string name, string input, string output, int woven, TimeSpan weaving, int read, TimeSpan reading)
    {
        var (before, after) = (new FileInfo(input).Length, new FileInfo(output).Length);
        var row = new Row(name, before, after, woven, weaving, read, reading);
        lock (rows)
            rows.Add(row);
    }

    public void WriteTo(string path)
    {
        var text = new StringBuilder($"""
            # Real assemblies

            Third-party code that the tests weave: {rows.Count} assemblies of the .NET SDK and of packages, written in C#, F# and
            Visual Basic. Each is woven with `Builtins="all"`, and the JIT compiles every method, generic ones with suitable type
            arguments: {Number(rows.Sum(row => row.Read))} bodies were accepted, and none was rejected that the JIT accepts in the
            original. Most SDK assemblies are ReadyToRun; they shrink because their native code is dropped.

            Other tests run third-party programs woven and unwoven, and compare everything they print and write: the C#,
            Visual Basic and F# compilers, MSBuild, FSharp.Core, Mono.Cecil, Newtonsoft.Json, NuGet, System.CommandLine; the
            extended tests add Autofac, ICSharpCode.Decompiler, Iced, MathNet.Numerics and YamlDotNet.

            The extended tests generate this file; without the variable, the tests weave a part of the list:

            ```
            export {RealAssembly.TableVariable}=$PWD/docs/real-assemblies.md
            dotnet test Tests -c Release --filter Category=RealAssemblies
            ```

            Measured with two tests at a time on {Machine()}.

            | Assembly | KB | woven KB | methods woven | weaving ms | bodies compiled | compiling s |
            |---|--:|--:|--:|--:|--:|--:|

            """);
        foreach (var row in rows.OrderBy(row => row.Name, StringComparer.Ordinal))
        {
            text.Append(string.Create(CultureInfo.InvariantCulture, $"""
                | {row.Name} | {row.Before / 1024} | {row.After / 1024} | {row.Woven} | {row.Weaving.TotalMilliseconds:F0}
                """)).Append(string.Create(CultureInfo.InvariantCulture, $"""
                 | {row.Read} | {row.Reading.TotalSeconds:F1} |

                """));
        }
        File.WriteAllText(path, text.ToString());
    }

    static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Machine() => string.Create(CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} logical processors, {RuntimeInformation.OSDescription.Trim()}, " +
        $"{RuntimeInformation.FrameworkDescription}");

    static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal))
            .Split(':')[1].Trim()
        : RuntimeInformation.ProcessArchitecture.ToString();
}
