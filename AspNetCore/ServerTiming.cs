using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ProfilerWeaver;

/// <summary>The header <c>Server-Timing</c>, which the developer tools of browsers show: what a request has called until its answer
/// began.</summary>
static class ServerTiming
{
    const string Header = "Server-Timing";
    const int MostRows = 5;
    const double MillisecondsPerSecond = 1e3;

    /// <summary>Adds it to an answer.</summary>
    public static void Add(HttpResponse response, Measurement measurement)
    {
        var window = Profile.ReadUntilNow(measurement);
        var rows = FlatProfile.From(window).Where(row => row.Label.File != ScopeName.File).OrderByDescending(row => row.TotalTime).ToList();
        var text = new StringBuilder();
        Append(text, "total", $"{rows.Sum(row => row.Calls)} calls", window.Duration.TotalSeconds);
        for (var i = 0; i < rows.Count && i < MostRows; i++)
            Append(text.Append(", "), $"m{i + 1}", $"{NameLookup.BareName(rows[i].Label)} ({rows[i].Calls} calls)", rows[i].TotalTime);
        response.Headers.Append(Header, text.ToString());
    }

    static void Append(StringBuilder text, string name, string description, double seconds) =>
        text.Append(CultureInfo.InvariantCulture, $"{name};desc=\"{Quoted(description)}\";dur={seconds * MillisecondsPerSecond:0.###}");

    // Names may have any character, and headers not.
    static string Quoted(string text) =>
        string.Concat(text.Select(character => character is '"' or '\\' ? $"\\{character}" : character is >= ' ' and <= '~' ? $"{character}" : "?"));
}
