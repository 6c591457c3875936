using System.Text.Json;

namespace ProfilerWeaver.Tool;

/// <summary>Has the SDK restore a package, from wherever the user's NuGet takes packages.</summary>
static class PackageRestore
{
    /// <summary>Restores it.</summary>
    /// <returns>The folders of packages, in one of which it is.</returns>
    /// <exception cref="ToolException">It cannot be restored; the message says why, as the end of a sentence.</exception>
    public static IEnumerable<string> Restore(string package, string version)
    {
        if (!Directory.Exists(Path.Combine(DotNet.Root, "sdk")))
            throw new ToolException($"{package} {version} is not in the NuGet cache, and {DotNet.Root} has no SDK to restore it");
        var folder = Directory.CreateTempSubdirectory("dotnet-prof-");
        try
        {
            var project = Path.Combine(folder.FullName, "restore.csproj");
            File.WriteAllText(project, $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>netstandard2.0</TargetFramework>
                    <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageDownload Include="{package}" Version="[{version}]" />
                  </ItemGroup>
                </Project>
                """);
            var (exitCode, said) = SilentProcess.Run(DotNet.Host, ["restore", project, "-v:q", "-nologo"], folder.FullName);
            if (exitCode != 0)
                throw new ToolException($"{package} {version} cannot be restored: {SilentProcess.FirstLine(said)}");
            return FoldersIn(Path.Combine(folder.FullName, "obj", "project.assets.json"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static List<string> FoldersIn(string assets)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(assets));
        return [.. document.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
    }
}
