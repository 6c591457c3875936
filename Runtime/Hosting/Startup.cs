using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

/// <summary>Ties the recorder to how a program's own profile begins, so that the recorder does not have to know it.</summary>
static class Startup
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries",
        Justification = "It runs before anything of the library does, and only sets a field.")]
    internal static void Prepare() => Recorder.Starting = Begin;

    static void Begin(string wovenSettings)
    {
#if NET8_0_OR_GREATER
        // Before the program can look at it.
        ProgramFolder.Restore();
#endif
        RunFacts.NoteWoven();
        var settings = AutomaticProfile.StartOnce(wovenSettings);
#if NET8_0_OR_GREATER
        if (settings is not null)
            ProgramControl.Begin(settings);
#endif
    }
}
