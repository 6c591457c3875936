using System.Runtime.InteropServices;

namespace ProfilerWeaver.Tool;

/// <summary>The .NET that runs programs; it runs the tool as well, unless that is native.</summary>
static class DotNet
{
    const string RootVariable = "DOTNET_ROOT";

    static readonly string HostName = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>Its folder, with <c>shared</c> in it.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public static string Root => Found ?? throw new ToolException(".NET was not found: not by the variables " +
        "DOTNET_HOST_PATH and DOTNET_ROOT, in PATH, or in the usual places. Set DOTNET_ROOT to its folder.");

    static string? Found => field ??= ManagedTool.IsRunning
        ? Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."))
        : Candidates().FirstOrDefault(IsRoot);

    /// <summary>The executable <c>dotnet</c>.</summary>
    public static string Host => Path.Combine(Root, HostName);

    /// <summary>Tells a program's own executable where .NET is, as <c>dotnet run</c> does, unless the user has.</summary>
    public static void TellHost(IDictionary<string, string?> environment)
    {
        if (Variable(RootVariable + "_" + Processor) is null && Variable(RootVariable) is null && Found is { } root)
            environment[RootVariable] = root;
    }

    // In the order in which the hosts of .NET look; `dotnet prof` says which one has started us.
    static IEnumerable<string?> Candidates()
    {
        yield return Path.GetDirectoryName(Variable("DOTNET_HOST_PATH"));
        yield return Variable(RootVariable + "_" + Processor);
        yield return Variable(RootVariable);
        foreach (var folder in SearchPath.Folders)
        {
            var host = new FileInfo(Path.Combine(folder, HostName));
            if (host.Exists)
                yield return Path.GetDirectoryName(host.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? host.FullName);
        }
        if (OperatingSystem.IsWindows())
        {
            yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet");
            yield break;
        }
        foreach (var file in new[] { $"/etc/dotnet/install_location_{Processor.ToLowerInvariant()}", "/etc/dotnet/install_location" })
        {
            if (File.Exists(file))
                yield return File.ReadAllText(file).Trim();
        }
        yield return "/usr/local/share/dotnet";
        yield return "/usr/share/dotnet";
        yield return "/usr/lib/dotnet";
    }

    // The names of all values would be looked up for that of one.
    static string Processor => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "X64",
        Architecture.Arm64 => "ARM64",
        var other => other.ToString().ToUpperInvariant(),
    };

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    static bool IsRoot(string? folder) =>
        folder is not null && File.Exists(Path.Combine(folder, HostName)) && Directory.Exists(Path.Combine(folder, "shared"));
}
