using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof clear</c>: has a running program forget what it has recorded.</summary>
sealed class ClearVerb() : Verb("clear", "dotnet prof clear WebShop")
{
    public override Command Create()
    {
        var program = CommandSymbol.RunningProgram();
        var command = new Command(Name, "Have a running program forget what it has recorded so far. It goes on recording.") { program };
        command.SetAction(parsed => RunningProgram.Find(parsed.GetRequiredValue(program)).Tell(new(ControlField.Clear)));
        return command;
    }
}
