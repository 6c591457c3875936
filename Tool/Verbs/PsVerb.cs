using System.CommandLine;
using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof ps</c>: lists the woven programs that run.</summary>
sealed class PsVerb() : Verb("ps", "dotnet prof ps")
{
    public override Command Create()
    {
        var command = new Command(Name, "List the woven programs that are running: whether they are recording, how many calls so far, since when.");
        command.SetAction(_ => Write());
        return command;
    }

    static void Write()
    {
        var table = new TextTable(new("pid"), new("program"), new("state"), new("calls", IsNumber: true), new("memory", IsNumber: true),
            new("since"), new("output"));
        foreach (var program in RunningProgram.All())
        {
            if (program.IsSilent)
            {
                table.Add(program.Process, "", program.State, "", "", "", "");
                continue;
            }
            table.Add(program.Process, program.Name, program.State, program.Calls?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
                AutoUnits.Bytes(program.Memory), program.Since.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                program.Output ?? "");
        }
        table.Write();
    }
}
