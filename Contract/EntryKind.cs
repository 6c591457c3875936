#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>What the entries of a method are that have one id.</summary>
enum EntryKind : byte
{
    /// <summary>Each entry is a call.</summary>
    Ordinary = 0,

    /// <summary>Each entry resumes the iterator that stands before it in the table.</summary>
    Resume = 1,

    /// <summary>A method outside the woven assemblies, recorded at its call sites.</summary>
    External = 2,

    /// <summary>Each entry resumes the async method that stands before it in the table.</summary>
    AsyncResume = 3,
}
