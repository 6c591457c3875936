using System.CommandLine;
using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof start</c>: has a running program record.</summary>
sealed class StartVerb() : Verb("start", "dotnet prof start WebShop --for 10s -o peak.prof", "dotnet prof start 4711 --clock sampled")
{
    public override Command Create()
    {
        var program = CommandSymbol.RunningProgram();
        var output = CommandSymbol.RunningOutput();
        var clock = new Option<string?>("--clock") { Description = "What to measure.", HelpName = "CLOCK" }.AcceptOnlyFromAmong([.. ClockName.All]);
        var noBuiltins = new Option<bool>("--no-builtins") { Description = "Do not record calls of methods outside the woven assemblies." };
        var duration = CommandSymbol.Time("--for", "Record for this long, for example 10s, and wait for the profile; by default, record until dotnet prof stop.");
        var command = new Command(Name, "Have a running program start recording. Methods that are already running are not recorded, but what they call is.")
        {
            program, output, clock, noBuiltins, duration,
        };
        command.SetAction(parsed =>
        {
            var time = parsed.GetValue(duration);
            Start(RunningProgram.Find(parsed.GetRequiredValue(program)), time, new(ControlField.Start)
            {
                [ControlField.Output] = RunningOutput.Path(parsed.GetValue(output)),
                [ControlField.Clock] = parsed.GetValue(clock),
                [ControlField.Builtins] = parsed.GetValue(noBuiltins) ? "0" : null,
                [ControlField.For] = time?.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture),
            });
        });
        return command;
    }

    static void Start(RunningProgram program, TimeSpan? time, ControlMessage command)
    {
        if (time is { } duration)
        {
            Console.WriteLine(Printable.Text(TimedRecording.Make(program, command, duration)));
            return;
        }
        var path = program.Tell(command)[ControlField.Output];
        Console.WriteLine(Printable.Text($"{program.Name} ({program.Process}) is recording; dotnet prof stop {program.Process} writes {path}"));
    }
}
