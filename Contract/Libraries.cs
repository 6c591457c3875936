#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>The libraries that a woven program may have beside it: they are never woven, and calls of them are no calls of
/// the program's.</summary>
static class Libraries
{
    /// <summary>The simple name of what reads and prints profiles.</summary>
    public const string Analysis = RecorderMember.Assembly + ".Analysis";

    const string Fleet = RecorderMember.Assembly + ".Fleet";

    const string AspNetCore = RecorderMember.Assembly + ".AspNetCore";

    /// <summary>Whether an assembly is one of them.</summary>
    /// <param name="name">Its simple name.</param>
    public static bool IsOurs(string? name) =>
        string.Equals(name, RecorderMember.Assembly, StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, Analysis, StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, Fleet, StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, AspNetCore, StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, TestMember.Assembly, StringComparison.OrdinalIgnoreCase);
}
