namespace ProfilerWeaver;

/// <summary>What is known of a method beside its label.</summary>
/// <param name="Assembly">The simple name of its assembly; of a method outside the woven assemblies, that of the one its callers refer
/// to.</param>
/// <param name="TypeLength">How much of its name is that of the type, in characters; 0 if it has none.</param>
/// <param name="Kind">What it is.</param>
sealed record MethodOrigin(string Assembly, int TypeLength, MethodKind Kind) : IComparable<MethodOrigin>
{
    /// <summary>An order of no meaning, in which several origins of one label have a first.</summary>
    public int CompareTo(MethodOrigin? other)
    {
        if (other is null)
            return -1;
        var order = CodePointOrder.Compare(Assembly, other.Assembly);
        if (order == 0)
            order = TypeLength.CompareTo(other.TypeLength);
        return order != 0 ? order : Kind.CompareTo(other.Kind);
    }
}
