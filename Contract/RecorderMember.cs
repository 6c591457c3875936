#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>
/// What woven code refers to in the runtime library. The weaver knows the library by these names only, and every recorder
/// of a major version has all that weavers of that version refer to: more may come, nothing may go or change.
/// </summary>
static class RecorderMember
{
    /// <summary>The simple name of the library, and its namespace.</summary>
    public const string Assembly = "ProfilerWeaver";

    /// <summary>The name of the library's file.</summary>
    public const string File = Assembly + ".dll";

    /// <summary>The class of all that is called.</summary>
    public const string Type = "Recorder";

    public const string Register = "Register";
    public const string Enter = "Enter";
    public const string EnterExternal = "EnterExternal";
    public const string Exit = "Exit";
    public const string Catch = "Catch";
    public const string EnterAsync = "EnterAsync";
    public const string Suspend = "Suspend";
    public const string Complete = "Complete";

    /// <summary>What a state machine of an async method has a field of.</summary>
    public const string ActivationType = "AsyncActivation";

    /// <summary>The class of what assemblies call that are loaded in place of their originals.</summary>
    public const string PlacesType = "ProgramPlaces";

    public const string LocationOf = "LocationOf";
    public const string CodeBaseOf = "CodeBaseOf";
    public const string EscapedCodeBaseOf = "EscapedCodeBaseOf";
    public const string FullyQualifiedNameOf = "FullyQualifiedNameOf";
    public const string StartProcess = "StartProcess";

    /// <summary>The full name of the attribute by which a user excludes code.</summary>
    public const string NoProfileAttribute = Assembly + ".NoProfileAttribute";
}
