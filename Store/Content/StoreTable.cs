namespace ProfilerWeaver.Store;

/// <summary>The tables of a store, by the names of their folders. docs/store.md has their columns.</summary>
static class StoreTable
{
    /// <summary>A row for each file that was added. What is in none of these rows is in no table.</summary>
    public const string Profiles = "profiles";

    /// <summary>A row for each method of a profile.</summary>
    public const string Methods = "methods";

    /// <summary>A row for each context of a profile.</summary>
    public const string Contexts = "contexts";

    /// <summary>All of them, in the order in which they are written.</summary>
    public static readonly string[] All = [Contexts, Methods, Profiles];
}
