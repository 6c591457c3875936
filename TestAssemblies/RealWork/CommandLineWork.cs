using System.CommandLine;

namespace RealWork;

static class CommandLineWork
{
    public static void Run(TextWriter output)
    {
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Say more", Recursive = true };
        var count = new Option<int>("--count") { Description = "How many", DefaultValueFactory = _ => 3, HelpName = "N" };
        var files = new Argument<string[]>("files") { Description = "What to read", Arity = ArgumentArity.OneOrMore };
        var color = new Option<ConsoleColor?>("--color", "/color");
        count.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] }])
                result.AddError("Less than none is not possible.");
        });
        var read = new Command("read", "Reads files") { count, files, color };
        var root = new RootCommand("Does work") { verbose, read };
        root.Subcommands.Add(new Command("list", "Lists things") { Aliases = { "ls" } });
        read.SetAction(result =>
        {
            output.WriteLine($"{result.GetValue(count)} {string.Join("|", result.GetValue(files)!)} {result.GetValue(verbose)} {result.GetValue(color)}");
            return result.GetValue(count);
        });
        root.Subcommands[1].SetAction(result => output.WriteLine("listed " + result.GetValue(verbose)));

        var configuration = new InvocationConfiguration { Output = output, Error = output };
        foreach (var line in new[]
        {
            "read a b", "read --count 5 a -v", "read --count=7 --color Red \"with space\"", "read", "read --count x a",
            "read --count -4 a", "rea a", "list -v", "ls", "--help", "read --help", "--version2", "", "[diagram] read a --count 2",
        })
        {
            var result = root.Parse(line);
            output.WriteLine($"> {line}: {string.Join(";", result.Errors.Select(error => error.Message))}");
            output.WriteLine(result.ToString());
            output.WriteLine(result.Invoke(configuration));
        }
    }
}
