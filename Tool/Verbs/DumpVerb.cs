namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof dump</c>: has a running program write its profile, and go on.</summary>
sealed class DumpVerb() : WritingVerb(ControlField.Dump, "Have a running program write what it has recorded so far. It keeps recording.");
