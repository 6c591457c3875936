using System.Reflection;

namespace Helper;

/// <summary>Reads what lies beside an assembly, as test frameworks and readers of settings do.</summary>
public static class BesideAssembly
{
    public static string Text(Assembly assembly, string file) =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(assembly.Location)!, file));
}
