using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof stop</c>: has a running program write its profile.</summary>
sealed class StopVerb() : Verb("stop", "dotnet prof stop WebShop -o peak.prof")
{
    public override Command Create()
    {
        var program = CommandSymbol.RunningProgram();
        var output = CommandSymbol.RunningOutput();
        var command = new Command(Name, "Have a running program stop recording, and write its profile. It runs on, asleep.") { program, output };
        command.SetAction(parsed =>
        {
            var written = RunningProgram.Find(parsed.GetRequiredValue(program)).Tell(new(ControlField.Stop)
            {
                [ControlField.Output] = RunningOutput.Path(parsed.GetValue(output)),
            });
            Console.WriteLine(Printable.Text(written[ControlField.Output] ?? ""));
        });
        return command;
    }
}
