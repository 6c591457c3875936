namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof stop</c>: has a running program write its profile, and sleep.</summary>
sealed class StopVerb() : WritingVerb(ControlField.Stop, "Have a running program stop recording and write its profile. It keeps running, asleep.");
