using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof recover</c>: makes profiles of what killed processes have left.</summary>
sealed class RecoverVerb() : Verb("recover", "dotnet prof recover App.prof.live")
{
    public override Command Create()
    {
        var files = CommandSymbol.Files("Live files of killed processes, for example App.prof.live.", ArgumentArity.OneOrMore);
        var output = CommandSymbol.OnlyProf(CommandSymbol.Named(new Option<string?>("--outfile", "-o")
        {
            Description = "Where to write the profile; only with a single FILE.",
            HelpName = "FILE",
        }));
        var command = new Command(Name, "Recover profiles of killed processes.") { files, output };
        command.SetAction(parsed =>
        {
            var all = parsed.GetRequiredValue(files);
            if (parsed.GetValue(output) is not null && all.Length > 1)
            {
                throw new ToolException("-o names one file, but there are several live files. Recover them one at a time.",
                    ToolException.Usage);
            }
            if (parsed.GetValue(output) is { } target && Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder
                && OutputFolder.Fault(folder) is { } fault)
                throw new ToolException($"-o {target} cannot be written: {fault}");
            new OverwriteGuard(parsed.GetValue(output)).Check(all);
            foreach (var file in all)
            {
                if (Directory.Exists(file))
                    throw new ToolException($"{file} is a folder. Specify the file in it that ends with {LiveFile.Suffix}.");
                if (!File.Exists(file))
                {
                    throw new ToolException($"{file} does not exist. A killed process leaves a file named like its output, with " +
                        $"{LiveFile.Suffix} appended.");
                }
                PartialProfile.Warn(file);
                Console.WriteLine(Printable.Text(ProfileRecovery.Recover(file, parsed.GetValue(output))));
            }
        });
        return command;
    }
}
