namespace ProfilerWeaver;

public sealed partial class Stats
{
    TextWriter? chosenOutput;

    /// <summary>Where tables are printed by default; initially the console.</summary>
    public TextWriter Output
    {
        get => chosenOutput ?? Console.Out;
        set => chosenOutput = value;
    }

    /// <summary>How tables are printed; initially exactly as in pstats.</summary>
    public PrintOptions Options { get; set; } = new();

    /// <summary>How figures are printed.</summary>
    internal FigureFormat Format => new(Rows, Unit, Options.TimeUnit);

    /// <summary>Prints the rows to <see cref="Output"/>.</summary>
    /// <param name="restrictions">Numbers, fractions or regular expressions that limit the rows.</param>
    public Stats PrintStats(params Restriction[] restrictions) => PrintStats(Output, restrictions);

    /// <summary>Prints the rows.</summary>
    /// <param name="output">The writer; it stays open.</param>
    /// <param name="restrictions">Numbers, fractions or regular expressions that limit the rows.</param>
    public Stats PrintStats(TextWriter output, params Restriction[] restrictions)
    {
        new Printer(this, output, restrictions).PrintStats();
        return this;
    }

    /// <summary>Prints the callers of each method to <see cref="Output"/>.</summary>
    /// <inheritdoc cref="PrintStats(Restriction[])" path="/param"/>
    public Stats PrintCallers(params Restriction[] restrictions) => PrintCallers(Output, restrictions);

    /// <summary>Prints the callers of each method.</summary>
    /// <inheritdoc cref="PrintStats(TextWriter, Restriction[])" path="/param"/>
    public Stats PrintCallers(TextWriter output, params Restriction[] restrictions)
    {
        new Printer(this, output, restrictions).PrintCallers();
        return this;
    }

    /// <summary>Prints the callees of each method to <see cref="Output"/>.</summary>
    /// <inheritdoc cref="PrintStats(Restriction[])" path="/param"/>
    public Stats PrintCallees(params Restriction[] restrictions) => PrintCallees(Output, restrictions);

    /// <summary>Prints the callees of each method.</summary>
    /// <inheritdoc cref="PrintStats(TextWriter, Restriction[])" path="/param"/>
    public Stats PrintCallees(TextWriter output, params Restriction[] restrictions)
    {
        new Printer(this, output, restrictions).PrintCallees();
        return this;
    }

    /// <summary>Prints the call tree to <see cref="Output"/>: every method below its chain of callers.
    /// </summary>
    /// <param name="options">What to print; everything if omitted.</param>
    /// <exception cref="InvalidOperationException">There is no call tree; see <see cref="CallTree"/>.</exception>
    /// <exception cref="InvalidProfileException">The call tree could not be read.</exception>
    public Stats PrintTree(TreeOptions? options = null) => PrintTree(Output, options);

    /// <summary>Prints the call tree: every method below its chain of callers.</summary>
    /// <param name="output">The writer; it stays open.</param>
    /// <param name="options">What to print; everything if omitted.</param>
    /// <exception cref="InvalidOperationException">There is no call tree; see <see cref="CallTree"/>.</exception>
    /// <exception cref="InvalidProfileException">The call tree could not be read.</exception>
    public Stats PrintTree(TextWriter output, TreeOptions? options = null)
    {
        new Printer(this, output, []).PrintTree(options ?? new());
        return this;
    }
}
