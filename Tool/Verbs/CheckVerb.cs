using System.CommandLine;
using System.Text;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof check</c>: whether profiles keep to budgets and to the lock file.</summary>
sealed class CheckVerb() : Verb("check",
    "dotnet prof check app.prof",
    "dotnet prof check app.prof --update",
    "dotnet prof check --learn 3 a.prof b.prof c.prof",
    "dotnet prof check app.prof --github --sarif check.sarif")
{
    /// <summary>The exit code if something does not hold.</summary>
    public const int DoesNotHold = 3;

    const string DefaultBudgets = "profile.budgets";
    const string DefaultLock = "profile.lock";

    readonly Argument<string[]> files = CommandSymbol.Files("Profiles; several are runs of the same program.", ArgumentArity.OneOrMore);
    readonly Option<string?> budgets = FileOption("--budgets", $"The file of budgets; by default {DefaultBudgets}, if it is there.");
    readonly Option<string?> lockFile = FileOption("--lock", $"The lock file; by default {DefaultLock}, if it is there.");
    readonly Option<string?> baseline = FileOption("--baseline", "A profile that budgets with 'baseline' compare with; by default the lock file.");
    readonly Option<bool> update = new("--update") { Description = "Write the lock file." };
    readonly Option<int?> learn = new("--learn")
    {
        Description = "Write the lock file from this many runs; methods whose calls differ between them are marked with ~.",
        HelpName = "COUNT",
    };
    readonly Option<bool> gitHub = new("--github")
    {
        Description = "Write annotations, and a summary of the step, for GitHub Actions.",
    };
    readonly Option<string?> junit = FileOption("--junit", "Write the result as JUnit XML.");
    readonly Option<string?> sarif = FileOption("--sarif", "Write the result as SARIF.");

    public override Command Create()
    {
        var command = new Command(Name, "Check that profiles keep to budgets and to the lock file.")
        {
            files, budgets, lockFile, baseline, update, learn, gitHub, junit, sarif,
        };
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var paths = parsed.GetRequiredValue(files);
        CheckLearning(parsed, paths);
        CheckOutputs(parsed, paths);
        var profiles = Array.ConvertAll(paths, path => new GatedProfile(SavedProfile.Load([path])));
        if (parsed.GetValue(update) || parsed.GetValue(learn) is not null)
            Update(parsed.GetValue(lockFile) ?? DefaultLock, profiles);
        var result = Check(parsed, profiles);
        GateText.Write(result, Console.Out);
        if (parsed.GetValue(gitHub))
            GateGitHub.Write(result, Console.Out);
        if (parsed.GetValue(junit) is { } xml)
            AtomicFile.Write(xml, stream => GateJUnit.Write(result, stream));
        if (parsed.GetValue(sarif) is { } json)
            AtomicFile.Write(json, stream => GateSarif.Write(result, stream));
        return result.Holds ? 0 : DoesNotHold;
    }

    void CheckLearning(ParseResult parsed, string[] paths)
    {
        if (parsed.GetValue(learn) is not { } count)
            return;
        if (count < 2)
            throw new ToolException($"option --learn: expected a number of at least 2, not {count}.", ToolException.Usage);
        if (paths.Length != count)
        {
            var given = paths.Length == 1 ? "is 1" : $"are {paths.Length}";
            throw new ToolException($"--learn {count} needs {count} profiles of the same program, and here {given}.", ToolException.Usage);
        }
    }

    void CheckOutputs(ParseResult parsed, string[] paths)
    {
        if (parsed.GetValue(update) || parsed.GetValue(learn) is not null)
            new OverwriteGuard(parsed.GetValue(lockFile) ?? DefaultLock, lockFile.Name).Check(paths);
        string?[] read = [.. paths, parsed.GetValue(baseline), Named(parsed, budgets, DefaultBudgets), Named(parsed, lockFile, DefaultLock)];
        foreach (var written in new[] { junit, sarif })
            new OverwriteGuard(parsed.GetValue(written), written.Name).Check([.. read.OfType<string>()]);
        var isLockWritten = parsed.GetValue(update) || parsed.GetValue(learn) is not null;
        (string Option, string? File)[] outputs =
        [
            (lockFile.Name, isLockWritten ? parsed.GetValue(lockFile) ?? DefaultLock : null), (junit.Name, parsed.GetValue(junit)), (sarif.Name, parsed.GetValue(sarif)),
        ];
        for (var i = 1; i < outputs.Length; i++)
        {
            foreach (var (option, file) in outputs[..i])
            {
                if (file is not null && outputs[i].File is { } other && FilePlace.AreSame(file, other))
                    throw new ToolException($"{option} and {outputs[i].Option} both write {other}. Choose another file for one of them.", ToolException.Usage);
            }
        }
    }

    static void Update(string file, GatedProfile[] profiles)
    {
        var written = LockFile.Of(Array.ConvertAll(profiles, profile => profile.Calls));
        if (profiles.Length == 1 && File.Exists(file))
            written = written.Keeping(Unstable(file));
        AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(written.ToString())));
        var unstable = written.UnstableMethods.Count;
        Messages.WriteLine($"dotnet-prof: {file} has the calls of {CallText.Methods(written.Calls.Names.Count)}" +
            (unstable > 0 ? $", {CallText.Number(unstable)} of them unstable" : ""));
    }

    // A file that is damaged, by a merge of versions, for example, is written anew all the same.
    static IReadOnlySet<string> Unstable(string file)
    {
        try
        {
            return Read(file, LockFile.Parse).UnstableMethods;
        }
        catch (ToolException e)
        {
            Messages.WriteLine($"dotnet-prof: warning: methods that were marked with ~ are not known any more: {e.Message}");
            return new HashSet<string>();
        }
    }

    GateResult Check(ParseResult parsed, GatedProfile[] profiles)
    {
        var budgetFile = Named(parsed, budgets, DefaultBudgets);
        var lockName = Named(parsed, lockFile, DefaultLock);
        if (budgetFile is null && lockName is null)
        {
            throw new ToolException($"There is nothing to check: neither {DefaultBudgets} nor {DefaultLock} is here. --update writes a lock " +
                "file; docs/compare.md says what budgets look like.", ToolException.Usage);
        }
        var locked = lockName is null ? null : Read(lockName, LockFile.Parse);
        var compared = parsed.GetValue(baseline) is { } path ? new GatedProfile(SavedProfile.Load([path])) : null;
        var checks = new List<GateCheck>();
        if (budgetFile is not null)
        {
            var check = new BudgetCheck(budgetFile, profiles, compared is not null ? new(compared.Calls, compared)
                : locked is not null ? new(locked.Calls, null) : null);
            checks.AddRange(Read(budgetFile, BudgetFile.Parse).Select(check.Check));
        }
        if (locked is not null)
            checks.Add(LockCheck.Check(lockName!, locked, profiles));
        return new(checks);
    }

    static string? Named(ParseResult parsed, Option<string?> option, string byDefault) =>
        parsed.GetValue(option) ?? (File.Exists(byDefault) ? byDefault : null);

    static T Read<T>(string file, Func<string, string, T> parse)
    {
        if (!File.Exists(file))
            throw new ToolException($"{file} does not exist.");
        try
        {
            return parse(file, File.ReadAllText(file));
        }
        catch (FormatException e)
        {
            throw new ToolException(e.Message, cause: e);
        }
    }

    static Option<string?> FileOption(string name, string description) =>
        CommandSymbol.Named(new Option<string?>(name) { Description = description, HelpName = "FILE" });
}
