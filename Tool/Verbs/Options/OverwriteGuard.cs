namespace ProfilerWeaver.Tool;

/// <summary>Keeps a verb from replacing what it reads by what it writes, whatever links lead to the file.</summary>
/// <param name="output">What is going to be written; <c>-</c>, null and devices are nothing that could be read.</param>
/// <param name="option">The option that names it.</param>
sealed class OverwriteGuard(string? output, string option = "-o")
{
    readonly FilePlace? place = output is null or "-" || AtomicFile.IsDevice(Path.GetFullPath(output)) ? null : FilePlace.Of(output);

    /// <summary>Whether a file is the one that is going to be written.</summary>
    public bool IsOutput(string file) => place is { } target && FilePlace.Of(file).IsSameAs(target);

    /// <summary>Checks that none of the inputs is the output.</summary>
    /// <exception cref="ToolException">One is.</exception>
    public void Check(params IReadOnlyCollection<string> inputs)
    {
        foreach (var input in inputs)
        {
            if (!IsOutput(input) && (File.Exists(input) || !IsOutput(input + LiveFile.Suffix)))
                continue;
            var link = Path.GetFullPath(input) == Path.GetFullPath(output!) ? "" : $" ({option} {output} is the same file)";
            throw new ToolException($"{input} is both an input and the output{link}, and would be overwritten. Choose another file for {option}" +
                (inputs.Count > 1 ? ", or leave it out of the inputs." : "."), ToolException.Usage);
        }
    }
}
