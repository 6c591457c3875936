namespace ProfilerWeaver.Tool;

/// <summary>Files that the user says are profiles.</summary>
static class SavedProfile
{
    /// <summary>Checks that there is such a file, whatever is in it.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public static void Check(string file)
    {
        if (Directory.Exists(file))
            throw new ToolException($"{file} is a folder. Specify a .prof file in it.");
        if (!File.Exists(file))
            throw new ToolException($"{file} does not exist. Specify a .prof file; dotnet prof -o {file} PROGRAM creates one.");
    }
}
