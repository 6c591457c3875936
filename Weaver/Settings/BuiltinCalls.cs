namespace ProfilerWeaver.Weaving;

/// <summary>Which calls of methods outside the woven assemblies are recorded (setting <c>Builtins</c>).</summary>
public enum BuiltinCalls
{
    /// <summary>None of them: <c>false</c>.</summary>
    None,

    /// <summary>All but those that the JIT compiles into the caller, such as <c>List.Count</c>: <c>true</c>.</summary>
    NotInlined,

    /// <summary>All of them: <c>all</c>.</summary>
    All,
}
