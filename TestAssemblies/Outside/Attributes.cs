namespace Outside;

/// <summary>A library that is not woven: what Python's builtins are to the profilee.</summary>
public static class Attributes
{
    /// <summary>As <c>hasattr</c>: calls back into the program, and swallows its exception.</summary>
    public static bool Has(Action get)
    {
        try
        {
            get();
            return true;
        }
        catch (MissingMemberException)
        {
            return false;
        }
    }

    /// <summary>An empty list.</summary>
    public static IList<int> NewList() => new List<int>();
}
