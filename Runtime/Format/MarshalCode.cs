namespace ProfilerWeaver;

/// <summary>A Python code object. Those of <c>python -m profile</c> name the row of what was profiled.</summary>
/// <param name="File">The file that it was compiled from.</param>
/// <param name="Name">The name of the function; <c>&lt;module&gt;</c> for a file.</param>
/// <param name="Line">Its first line.</param>
sealed record MarshalCode(string File, string Name, long Line)
{
    // As in Python 2: one long text in a file can be the name of many code objects.
    const int LongestShown = 300;

    /// <summary>What Python prints for it, but without the address, which is another one in each process.</summary>
    public override string ToString() => $"<code object {Cut(Name)}, file \"{Cut(File)}\", line {Line}>";

    static string Cut(string text) => text.Length <= LongestShown ? text : text.Substring(0, LongestShown);
}

/// <summary>The order of the parts of a code object, which differs from one CPython to the next. Nothing in a file tells
/// which one it is.</summary>
/// <param name="Numbers">How many numbers come first.</param>
/// <param name="Parts">What follows them: <c>t</c>uples, byte <c>s</c>trings or names, and those that are kept: <c>F</c>ile,
/// <c>N</c>ame and <c>L</c>ine.</param>
sealed record MarshalCodeLayout(int Numbers, string Parts)
{
    /// <summary>Of Python 3.11 and later, 3.8 to 3.10, 3.0 to 3.7, and 2.</summary>
    public static readonly MarshalCodeLayout[] All =
        [new(5, "sttts" + "FNsLss"), new(6, "sttttt" + "FNLs"), new(5, "sttttt" + "FNLs"), new(4, "sttttt" + "FNLs")];
}
