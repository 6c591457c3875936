using System.Reflection;
using System.Runtime.CompilerServices;
using System.Diagnostics;
using Microsoft.Playwright;

namespace ProfilerWeaver.ReportTests;

/// <summary>A browser for all tests, the reports' files, and the tool.</summary>
[SetUpFixture]
sealed class Browser
{
    static readonly string[] Chromiums = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    static IPlaywright? playwright;
    static IBrowser? browser;

    /// <summary>The repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(SourceFolder(), ".."));

    static string Tool { get; } = Path.Combine(Root, "Tool", "bin", Configuration(), "net10.0", "dotnet-prof.dll");

    [OneTimeSetUp]
    public async Task Start()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Array.Find(Chromiums, File.Exists) ?? throw new FileNotFoundException("Chromium is missing: apt-get install chromium"),
            // Root, as in containers, has no sandbox.
            Args = ["--no-sandbox"],
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
    }

    /// <summary>Opens a report, and waits until it is shown.</summary>
    /// <param name="file">The report.</param>
    /// <param name="link">What follows the file's name.</param>
    /// <param name="options">The colors that the user wants.</param>
    public static async Task<ReportPage> Open(string file, string link = "", BrowserNewPageOptions? options = null)
    {
        var page = await Page(options);
        await page.Go(new Uri(file).AbsoluteUri + link);
        return page;
    }

    /// <summary>An empty page.</summary>
    /// <param name="options">The colors that the user wants.</param>
    public static async Task<ReportPage> Page(BrowserNewPageOptions? options = null)
    {
        options ??= new();
        options.ViewportSize = new() { Width = 1400, Height = 860 };
        options.ReducedMotion = ReducedMotion.Reduce;
        return new(await browser!.NewPageAsync(options));
    }

    /// <summary>Starts the web service of the samples, woven and asleep.</summary>
    /// <returns>The process, which waits for requests, and its address.</returns>
    public static async Task<(Process Process, Uri Address)> WebShop()
    {
        const string Listening = "Now listening on: ";
        var program = Path.Combine(Root, "Samples", "WebShop", "bin", Configuration(), "net10.0", "WebShop.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [Tool, "--paused", "--no-builtins", program, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var start)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return (process, new(line[(start + Listening.Length)..]));
            }
        }
        throw new InvalidOperationException("the service has ended");
    }

    /// <summary>Runs <c>dotnet prof</c>.</summary>
    /// <returns>The exit code, stdout and stderr.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)> Prof(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Tool, .. arguments])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    static string Configuration() => typeof(Browser).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Configuration").Value!;

    static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
