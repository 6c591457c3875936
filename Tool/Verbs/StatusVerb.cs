using System.CommandLine;
using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof status</c>: what a running program does.</summary>
sealed class StatusVerb() : Verb("status", "dotnet prof status WebShop")
{
    public override Command Create()
    {
        var program = CommandSymbol.RunningProgram();
        var command = new Command(Name, "Show whether a running program is recording, how many calls so far, and where the profile goes.") { program };
        command.SetAction(parsed => Write(RunningProgram.Find(parsed.GetRequiredValue(program))));
        return command;
    }

    static void Write(RunningProgram program)
    {
        Write("program", program.Name);
        Write("pid", program.Process);
        Write("state", program.State);
        Write("since", program.Since.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        Write("clock", program.Clock);
        Write("calls", program.Calls?.ToString("N0", CultureInfo.InvariantCulture));
        Write("memory", AutoUnits.Bytes(program.Memory));
        Write("output", program.Output);
        Write("recorder", program.Version);
    }

    static void Write(string name, string? value)
    {
        if (value is not null)
            Console.WriteLine(Printable.Text($"{name,-10}{value}"));
    }
}
