namespace ProfilerWeaver.Weaving;

/// <summary>What a row of the profile is called.</summary>
/// <param name="File">The source file, with <c>/</c> as separator; the assembly's file name if no source is known.</param>
/// <param name="Line">The line of the first statement; 0 if it is not known.</param>
/// <param name="Name">The name as the user wrote it.</param>
/// <param name="TypeLength">How much of the name is that of the type, in characters; 0 if it has none.</param>
sealed record Label(string File, int Line, string Name, int TypeLength = 0);
