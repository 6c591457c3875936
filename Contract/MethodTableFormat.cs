#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>
/// The table that the weaver puts into a module and hands to the recorder: the settings of the module, and the label and
/// kind of each method.
/// </summary>
/// <remarks>
/// <para>Little-endian. Header, the same in every version: int32 version, int32 number of methods. Then strings and numbers,
/// each number in base-128 groups, least significant first (LEB128), each string as its length in bytes and UTF-8: the
/// settings (<see cref="SettingName"/>), one <c>Name=value</c> a line; the number of files and their names; the number of
/// assemblies and their names, that of the module first; for each method its kind (<see cref="EntryKind"/>), the index of its
/// file, its line, how much of its name is that of its type, and its name. A <see cref="EntryKind.Resume"/> or
/// <see cref="EntryKind.AsyncResume"/> has the kind only, a <see cref="EntryKind.External"/> the index of its
/// assembly in place of file and line.</para>
/// <para>Whoever changes what follows the header raises the version.</para>
/// </remarks>
static class MethodTableFormat
{
    /// <summary>The version that this weaver writes and this recorder reads.</summary>
    public const int Version = 3;

    /// <summary>The length of the header in bytes.</summary>
    public const int HeaderSize = 8;
}
