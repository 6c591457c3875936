#if NET8_0_OR_GREATER
using System.Diagnostics;

namespace ProfilerWeaver;

/// <summary>While it lives, a process that is started by <see cref="ProcessStartInfo"/> is told which assemblies to load in
/// place of its own, if it is a program of the folder of this one.</summary>
readonly ref struct WovenChild
{
    const string Option = "--additional-deps";

    readonly ProcessStartInfo? start;
    readonly string? arguments;
    readonly string? variable;
    readonly bool isHost;

    public WovenChild(ProcessStartInfo? start)
    {
        // A shell may not take an environment.
        if (start is null || start.UseShellExecute || ProgramFolder.Dependencies is not { } dependencies)
            return;
        try
        {
            if (IsHost(start.FileName))
            {
                isHost = true;
                variable = start.Environment.TryGetValue(ProgramFolder.DependenciesVariable, out var others) ? others : null;
                start.Environment[ProgramFolder.DependenciesVariable] = With(dependencies, variable);
            }
            else if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet" && IsAssembly(FirstArgument(start), start.WorkingDirectory))
            {
                dependencies = With(dependencies, Environment.GetEnvironmentVariable(ProgramFolder.DependenciesVariable));
                arguments = start.Arguments;
                if (start.ArgumentList.Count == 0)
                {
                    start.Arguments = $"{Option} \"{dependencies}\" {arguments}";
                }
                else
                {
                    start.ArgumentList.Insert(0, Option);
                    start.ArgumentList.Insert(1, dependencies);
                }
            }
            else
            {
                return;
            }
            this.start = start;
        }
        catch (Exception)
        {
            // It is started as it is.
        }
    }

    public void Dispose()
    {
        if (start is null)
            return;
        if (isHost)
        {
            if (variable is null)
                start.Environment.Remove(ProgramFolder.DependenciesVariable);
            else
                start.Environment[ProgramFolder.DependenciesVariable] = variable;
        }
        else if (start.ArgumentList.Count == 0)
        {
            start.Arguments = arguments;
        }
        else
        {
            start.ArgumentList.RemoveAt(0);
            start.ArgumentList.RemoveAt(0);
        }
    }

    static string With(string dependencies, string? others) =>
        string.IsNullOrEmpty(others) ? dependencies : dependencies + Path.PathSeparator + others;

    static bool IsHost(string file)
    {
        var program = file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? file[..^4] : file;
        return file.Contains(Path.DirectorySeparatorChar) && ProgramFolder.Contains(Path.GetFullPath(file))
            && File.Exists(program + ".dll");
    }

    static bool IsAssembly(string? argument, string workingDirectory) =>
        argument is not null && argument.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        && ProgramFolder.Contains(Path.GetFullPath(argument,
            workingDirectory.Length > 0 ? Path.GetFullPath(workingDirectory) : Environment.CurrentDirectory));

    static string? FirstArgument(ProcessStartInfo start)
    {
        if (start.ArgumentList.Count > 0)
            return start.ArgumentList[0];
        var text = start.Arguments.TrimStart();
        return text.StartsWith('"') ? text[1..].Split('"')[0] : text.Split(' ')[0];
    }
}
#endif
