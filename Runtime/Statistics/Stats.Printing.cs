namespace ProfilerWeaver;

public sealed partial class Stats
{
    TextWriter? chosenOutput;

    /// <summary>Where tables are printed unless told otherwise; the console at first.</summary>
    public TextWriter Output
    {
        get => chosenOutput ?? Console.Out;
        set => chosenOutput = value;
    }

    /// <summary>How tables are printed; at first exactly as pstats does.</summary>
    public PrintOptions Options { get; set; } = new();

    /// <summary>Prints the rows to <see cref="Output"/>.</summary>
    /// <param name="restrictions">What limits them: numbers, fractions, regular expressions.</param>
    public Stats PrintStats(params Restriction[] restrictions) => PrintStats(Output, restrictions);

    /// <summary>Prints the rows.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="restrictions">What limits them: numbers, fractions, regular expressions.</param>
    public Stats PrintStats(TextWriter output, params Restriction[] restrictions)
    {
        new StatsPrinter(this, output, restrictions).PrintStats();
        return this;
    }

    /// <summary>Prints to <see cref="Output"/> by whom each method was called.</summary>
    /// <inheritdoc cref="PrintStats(Restriction[])" path="/param"/>
    public Stats PrintCallers(params Restriction[] restrictions) => PrintCallers(Output, restrictions);

    /// <summary>Prints by whom each method was called.</summary>
    /// <inheritdoc cref="PrintStats(TextWriter, Restriction[])" path="/param"/>
    public Stats PrintCallers(TextWriter output, params Restriction[] restrictions)
    {
        new StatsPrinter(this, output, restrictions).PrintCallers();
        return this;
    }

    /// <summary>Prints to <see cref="Output"/> what each method called.</summary>
    /// <inheritdoc cref="PrintStats(Restriction[])" path="/param"/>
    public Stats PrintCallees(params Restriction[] restrictions) => PrintCallees(Output, restrictions);

    /// <summary>Prints what each method called.</summary>
    /// <inheritdoc cref="PrintStats(TextWriter, Restriction[])" path="/param"/>
    public Stats PrintCallees(TextWriter output, params Restriction[] restrictions)
    {
        new StatsPrinter(this, output, restrictions).PrintCallees();
        return this;
    }

    /// <summary>Prints to <see cref="Output"/> the call tree: every method under the chain of callers that leads to it.
    /// </summary>
    /// <param name="options">What of it is printed; everything if left out.</param>
    /// <exception cref="InvalidOperationException">There is no call tree; see <see cref="CallTree"/>.</exception>
    /// <exception cref="InvalidProfileException">The call tree could not be read.</exception>
    public Stats PrintTree(TreeOptions? options = null) => PrintTree(Output, options);

    /// <summary>Prints the call tree: every method under the chain of callers that leads to it.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="options">What of it is printed; everything if left out.</param>
    /// <exception cref="InvalidOperationException">There is no call tree; see <see cref="CallTree"/>.</exception>
    /// <exception cref="InvalidProfileException">The call tree could not be read.</exception>
    public Stats PrintTree(TextWriter output, TreeOptions? options = null)
    {
        new StatsPrinter(this, output, []).PrintTree(options ?? new());
        return this;
    }
}
