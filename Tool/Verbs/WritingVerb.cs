using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary>A verb that has a running program write its profile, and says where.</summary>
/// <param name="name">Its name, which is also the program's command (<see cref="ControlField"/>).</param>
/// <param name="description">What it does.</param>
abstract class WritingVerb(string name, string description) : Verb(name, $"dotnet prof {name} WebShop -o peak.prof")
{
    public override Command Create()
    {
        var program = CommandSymbol.RunningProgram();
        var output = CommandSymbol.RunningOutput();
        var command = new Command(Name, description) { program, output };
        command.SetAction(parsed =>
        {
            var written = RunningProgram.Find(parsed.GetRequiredValue(program)).Tell(new(Name)
            {
                [ControlField.Output] = RunningOutput.Path(parsed.GetValue(output)),
            });
            Console.WriteLine(Printable.Text(written[ControlField.Output] ?? ""));
        });
        return command;
    }
}
