#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>What woven tests refer to in the library that measures them.</summary>
static class TestMember
{
    /// <summary>The simple name of the library.</summary>
    public const string Assembly = RecorderMember.Assembly + ".TestHost";

    /// <summary>The name of the library's file.</summary>
    public const string File = Assembly + ".dll";

    /// <summary>The class of all that is called.</summary>
    public const string Type = "TestRun";

    public const string Begin = "Begin";
    public const string Await = "Await";
    public const string End = "End";

    /// <summary>The environment variable with the folder for the profiles of tests; without it none is measured.</summary>
    public const string FolderVariable = EnvironmentVariable.AutoStart + "_TESTS";
}
