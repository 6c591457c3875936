using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof dump</c>: has a running program write its profile.</summary>
sealed class DumpVerb() : Verb("dump", "dotnet prof dump WebShop -o peak.prof")
{
    public override Command Create()
    {
        var program = CommandSymbol.RunningProgram();
        var output = CommandSymbol.RunningOutput();
        var command = new Command(Name, "Have a running program write what it has recorded so far. It goes on recording.") { program, output };
        command.SetAction(parsed =>
        {
            var written = RunningProgram.Find(parsed.GetRequiredValue(program)).Tell(new(ControlField.Dump)
            {
                [ControlField.Output] = RunningOutput.Path(parsed.GetValue(output)),
            });
            Console.WriteLine(Printable.Text(written[ControlField.Output] ?? ""));
        });
        return command;
    }
}
