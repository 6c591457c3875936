namespace ProfilerWeaver.Tool;

/// <summary>The commands of the browser and what they work on.</summary>
sealed class BrowserSession
{
    /// <summary>The command that the end of the input stands for.</summary>
    public const string EndOfInput = "EOF";

    const string EmptyPrompt = "% ";

    readonly TextWriter output;
    readonly Dictionary<string, Action<string>> commands;
    Stats? stats;
    string file = "";
    string lastCommand = "";
    bool isLeaving;

    public BrowserSession(TextWriter output)
    {
        this.output = output;
        commands = new()
        {
            ["EOF"] = _ =>
            {
                output.WriteLine();
                isLeaving = true;
            },
            ["add"] = WithStats(Add),
            ["callees"] = Printer((current, restrictions) => current.PrintCallees(restrictions)),
            ["callers"] = Printer((current, restrictions) => current.PrintCallers(restrictions)),
            ["help"] = topic => BrowserHelp.Print(topic, output),
            ["quit"] = _ => isLeaving = true,
            ["read"] = Read,
            ["reverse"] = WithStats(_ => stats!.ReverseOrder()),
            ["sort"] = WithStats(Sort),
            ["stats"] = Printer((current, restrictions) => current.PrintStats(restrictions)),
            ["strip"] = WithStats(_ => stats!.StripDirs()),
        };
    }

    public string Prompt => file + EmptyPrompt;

    public bool HasStats => stats is not null;

    /// <summary>Reads the first file and adds the others to it.</summary>
    public void Load(IReadOnlyList<string> files)
    {
        if (files.Count > 0)
            Read(files[0]);
        for (var i = 1; i < files.Count; i++)
            WithStats(Add)(files[i]);
    }

    /// <summary>Carries out a line.</summary>
    /// <returns>Whether the user leaves.</returns>
    public bool Execute(string line)
    {
        var text = line.Trim();
        if (text.Length == 0)
            text = lastCommand;
        if (text.Length == 0)
            return false;
        if (text[0] == '?')
            text = "help " + text[1..];
        var length = text.TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character == '_').Count();
        if (text[0] != '!')
            lastCommand = text == EndOfInput ? "" : text;
        if (commands.TryGetValue(text[..length], out var command))
            command(text[length..].Trim());
        else
            Say("*** Unknown syntax: " + text);
        return isLeaving;
    }

    Action<string> WithStats(Action<string> command) => arguments =>
    {
        if (stats is null)
            output.WriteLine("No statistics object is loaded.");
        else
            command(arguments);
    };

    Action<string> Printer(Action<Stats, Restriction[]> print) => arguments =>
    {
        // Before the look for statistics, because a wrong fraction is told in any case.
        var restrictions = BrowserArguments.Parse(arguments, output);
        WithStats(_ => print(stats!, restrictions))(arguments);
    };

    void Say(string line) => output.WriteLine(Printable.Text(line));

    void Read(string path)
    {
        if (path.Length == 0 && file.Length == 0)
        {
            output.WriteLine("No statistics object is current -- cannot reload.");
            return;
        }
        var chosen = path.Length > 0 ? path : file;
        try
        {
            stats = new Stats(chosen) { Output = output };
            file = chosen;
            TellDamage(stats.Damage);
        }
        catch (Exception e) when (FileTrouble.Of(e, chosen) is { } trouble)
        {
            output.WriteLine(trouble.Text);
        }
        catch (Exception e)
        {
            Say($"{e.GetType().Name}: {e.Message}");
        }
    }

    void Add(string path)
    {
        try
        {
            var added = new Stats(path);
            stats!.Add(added);
            TellDamage(added.Damage);
        }
        catch (Exception e) when (FileTrouble.Of(e, path) is { } trouble)
        {
            Say($"Failed to load statistics for {path}: {trouble.WithNumber}: {PythonText.Repr(path)}");
        }
        catch (Exception e)
        {
            Say($"Failed to load statistics for {path}: {e.Message}");
        }
    }

    /// <summary>The table was read, but not what is behind it.</summary>
    void TellDamage(IEnumerable<InvalidProfileException> damage)
    {
        foreach (var trouble in damage)
            Say(DamageText.Of(trouble));
    }

    void Sort(string keys)
    {
        var words = BrowserArguments.Words(keys);
        if (words.Length > 0 && words.All(word => SortOrder.TryParse(word, out _)))
        {
            stats!.SortStats(words);
            return;
        }
        output.WriteLine("Valid sort keys (unique prefixes are accepted):");
        foreach (var (name, key) in SortOrder.PstatsNames)
            output.WriteLine($"{name} -- {SortOrder.Description(key)}");
    }
}
