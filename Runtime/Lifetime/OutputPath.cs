using System.Globalization;
using System.Text.RegularExpressions;

namespace ProfilerWeaver;

/// <summary>Turns the <c>Output</c> setting into the absolute path of a file.</summary>
static class OutputPath
{
    /// <summary>Replaces the placeholders <c>{name}</c> (the program), <c>{pid}</c> (the process) and <c>{time}</c> (now,
    /// as <c>20261122-153000</c>) and makes the path absolute: the program may change its directory later.</summary>
    /// <exception cref="ArgumentException">There is another placeholder, or the result is not a path.</exception>
    public static string Resolve(string pattern) => Path.GetFullPath(Regex.Replace(pattern, @"\{([^{}]*)\}",
        placeholder => placeholder.Groups[1].Value switch
        {
            "name" => ThisProcess.Name,
            "pid" => ThisProcess.Id.ToString(CultureInfo.InvariantCulture),
            "time" => DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture),
            var other => throw new ArgumentException(
                $"the output \"{pattern}\" has the unknown placeholder {{{other}}}: {{name}}, {{pid}} and {{time}} are known"),
        }));

    /// <summary>The path that a process takes when another one that still runs has <paramref name="path"/>.</summary>
    public static string OfThisProcess(string path) => Path.Combine(
        Path.GetDirectoryName(path) ?? "",
        $"{Path.GetFileNameWithoutExtension(path)}-{ThisProcess.Id}{Path.GetExtension(path)}");
}
