namespace ProfilerWeaver;

/// <summary>What a row of a profile stands for.</summary>
public enum MethodKind
{
    /// <summary>A method that runs from its call to its return.</summary>
    Method,

    /// <summary>An async method, which can be suspended; an async iterator, too.</summary>
    Async,

    /// <summary>An iterator, which goes on each time that a value is asked of it.</summary>
    Iterator,

    /// <summary>A method outside the woven assemblies, recorded where it is called.</summary>
    External,

    /// <summary>A scope: a piece of work that the program, or a library, gave a name.</summary>
    Scope,
}
