namespace ProfilerWeaver;

/// <summary>What there is, as a page.</summary>
static class IndexPage
{
    /// <summary>The page. Nothing in it comes from elsewhere.</summary>
    /// <param name="isRecording">Whether the program is being recorded.</param>
    public static string Of(bool isRecording) => $$"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Profiler</title>
        <style>:root {color-scheme: light dark} body {font: 16px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 40em}</style>
        <h1>Profiler</h1>
        <p>{{(isRecording ? "The program is being recorded." : "The program is not being recorded. Each of the first four links records it for as long as it takes.")}}</p>
        <ul>
        <li><a href="report?seconds=10">report</a>: an HTML report of the next 10 seconds
        <li><a href="profile?seconds=10">profile</a>: the same for <code>go tool pprof</code>, which also takes this address
        <li><a href="prof?seconds=10">prof</a>: the same for <code>dotnet prof</code>
        <li><a href="top?seconds=10">top</a>: what is called, second by second, as server-sent events
        </ul>
        <p><code>seconds</code> says how long to measure; <code>route</code>, if you add it to one of the first three, limits the result to the requests of one route.</p>
        {{(isRecording
            ? """<form method="post" action="stop"><button>Stop</button> and download the profile</form>"""
            : """<form method="post" action="start"><button>Start</button> recording until you stop it</form>""")}}
        </html>

        """;
}
