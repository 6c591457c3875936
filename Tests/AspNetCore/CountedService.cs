using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http;
using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.AspNetCore;

/// <summary>TestAssemblies/Services/Counted, woven and asleep, in which time passes when a test says so.</summary>
sealed class CountedService : IDisposable
{
    /// <summary>Its assembly, which is not woven.</summary>
    public static readonly string Program = Path.Combine(PackageFeed.Repository, "TestAssemblies", "Services", "Counted", "bin",
        Path.GetFileName(Path.GetDirectoryName(TestContext.CurrentContext.TestDirectory))!, "net10.0", "Counted.dll");

    // For all tests that share it. A request whose window never ends would wait for ever otherwise.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    static readonly TimeSpan PatienceForWindow = TimeSpan.FromMinutes(1);

    readonly ProfTool tool = new();
    readonly RunningTool running;
    readonly HttpClient client;

    /// <param name="arguments">Further arguments of the program.</param>
    public CountedService(params string[] arguments)
        : this([], arguments)
    {
    }

    /// <param name="environment">Further variables of its environment.</param>
    /// <param name="arguments">Further arguments of the program.</param>
    public CountedService(IEnumerable<KeyValuePair<string, string>> environment, string[] arguments)
    {
        foreach (var (name, value) in environment)
            tool.Environment[name] = value;
        tool.Environment["PROFILERWEAVER_CONTROL"] = tool.Folder;
        running = tool.Begin(Patience, ["--paused", "--no-builtins", Program, "--urls", "http://127.0.0.1:0", .. arguments]);
        var line = running.WaitFor("Now listening on:");
        // A response that is not read to its end is not waited for.
        client = new(new SocketsHttpHandler { AllowAutoRedirect = false, ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = new(line[line.IndexOf("http", StringComparison.Ordinal)..]) };
    }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address => client.BaseAddress!.AbsoluteUri.TrimEnd('/');

    /// <summary>Sends a request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">Its path and query.</param>
    /// <param name="headers">Headers beside the usual ones, or in their place.</param>
    public async Task<HttpResponseMessage> Send(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Sends a request, and expects a status.</summary>
    /// <returns>The body.</returns>
    public async Task<string> Expect(HttpStatusCode status, string method, string path, params (string Name, string Value)[] headers)
    {
        using var response = await Send(method, path, headers);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(status), $"{method} {path}\n{body}");
        return body;
    }

    /// <summary>Has two steps done so many times.</summary>
    public Task Work(int times) => Expect(HttpStatusCode.OK, "GET", $"/work/{times}");

    /// <summary>Lets time pass.</summary>
    public Task Pass(int seconds) => Expect(HttpStatusCode.OK, "POST", $"/time/{seconds}");

    /// <summary>Waits until so many measurements are going on.</summary>
    public async Task UntilMeasured(int count)
    {
        var watch = Stopwatch.StartNew();
        while (int.Parse(await Expect(HttpStatusCode.OK, "GET", "/time"), CultureInfo.InvariantCulture) is var measured && measured != count)
        {
            Assert.That(watch.Elapsed, Is.LessThan(PatienceForWindow), $"{measured} are going on instead of {count}");
            await Task.Delay(1);
        }
    }

    /// <summary>What <c>dotnet prof clear</c> says that it refuses.</summary>
    public string Clear() => tool.Run("clear", "Counted").Errors;

    /// <summary>What <c>dotnet prof status</c> says of it.</summary>
    public string Status() => tool.Run("status", "Counted").Output;

    /// <summary>Ends the service, which must have had nothing to complain of.</summary>
    public void End() =>
        // Of a test that only asks who may measure.
        Assert.That(EndWithErrors(), Is.Empty.Or.StartsWith("ProfilerWeaver: nothing was recorded: "));

    /// <summary>Ends the service.</summary>
    /// <returns>What it had to complain of.</returns>
    public string EndWithErrors()
    {
        running.Signal("TERM");
        var result = running.End();
        Assert.That(result.ExitCode, Is.Zero);
        return result.Errors;
    }

    public void Dispose()
    {
        client.Dispose();
        running.Dispose();
        tool.Dispose();
    }
}
