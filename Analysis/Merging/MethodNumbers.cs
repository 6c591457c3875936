namespace ProfilerWeaver;

/// <summary>The numbers that the methods of a profile have in the merged one. Those that are not called have none: a table may have others.</summary>
/// <param name="merged">The methods of the merged profile.</param>
/// <param name="methods">Those of the profile.</param>
sealed class MethodNumbers(MergedMethods merged, IReadOnlyList<MethodLabel> methods)
{
    // + 1; 0: none yet.
    readonly int[] numbers = new int[methods.Count];

    /// <summary>How many methods there are.</summary>
    public int Count => numbers.Length;

    /// <summary>The number of a method that is called.</summary>
    public int Of(int method) => numbers[method] is > 0 and var number ? number - 1 : Give(method);

    /// <summary>The number of a method; -1 if nothing that was added calls it.</summary>
    public int Known(int method) => numbers[method] - 1;

    int Give(int method)
    {
        var number = merged.NumberOf(LabelSanitizer.Sanitize(methods[method]));
        numbers[method] = number + 1;
        return number;
    }
}
