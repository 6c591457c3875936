using System.Configuration;
using ConfigurationManager = System.Configuration.ConfigurationManager;
using System.Globalization;
using System.Resources;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;
using static Program;

static class HostingScenarios
{
    static readonly ResourceManager Resources = new("Beside.Words", typeof(HostingScenarios).Assembly);

    public static Task Static_files_of_the_content_root() =>
        Serve(new() { ContentRootPath = Folder, WebRootPath = "assets-served" }, "/data.txt");

    // In this environment ASP.NET Core looks for a manifest of where the sources are.
    public static Task Static_web_assets_in_development() => Serve(new() { EnvironmentName = "Development" }, "/page.html");

    public static Task Static_assets_that_are_mapped() =>
        Serve(new() { EnvironmentName = "Development" }, "/page.html", mapped: true);

    public static async Task Settings_are_read_again_when_they_change()
    {
        var settings = new ConfigurationBuilder().SetBasePath(Folder)
            .AddJsonFile("appsettings.json", optional: false, reloadOnChange: true).Build();
        var changed = new TaskCompletionSource();
        using var registration = ChangeToken.OnChange(settings.GetReloadToken, () => changed.TrySetResult());
        Print(settings["Level"]);
        File.WriteAllText(PathOf("appsettings.json"), """{ "Level": "2" }""");
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Print(settings["Level"]);
    }

    public static void The_host_reads_its_settings()
    {
        Directory.SetCurrentDirectory(Folder);
        var builder = Host.CreateApplicationBuilder();
        Print($"{builder.Configuration["Level"]} {builder.Environment.ContentRootPath} {builder.Environment.ApplicationName}");
    }

    public static async Task A_file_provider_watches()
    {
        using var provider = new PhysicalFileProvider(Folder);
        var changed = new TaskCompletionSource();
        provider.Watch("data.txt").RegisterChangeCallback(_ => changed.TrySetResult(), null);
        var file = provider.GetFileInfo("data.txt");
        Print($"{file.Length} {file.PhysicalPath}");
        File.WriteAllText(PathOf("data.txt"), "0123");
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Print(provider.GetFileInfo("data.txt").Length);
    }

    public static void The_configuration_file() =>
        Print(ConfigurationManager.AppSettings["greeting"] + " " +
            ConfigurationManager.OpenExeConfiguration(ConfigurationUserLevel.None).FilePath);

    public static void Resources_by_culture()
    {
        foreach (var culture in (string[])["", "de-AT", "fr-CA", "it"])
            Print(Resources.GetString("Greeting", CultureInfo.GetCultureInfo(culture)));
    }

    static async Task Serve(WebApplicationOptions options, string address, bool mapped = false)
    {
        Directory.SetCurrentDirectory(Folder);
        if (options.WebRootPath is { } root)
        {
            Directory.CreateDirectory(PathOf(root));
            File.Copy(PathOf("data.txt"), PathOf(root + "/data.txt"));
        }
        var builder = WebApplication.CreateBuilder(options);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        if (mapped)
            app.MapStaticAssets();
        else
            app.UseStaticFiles();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        using var response = await client.GetAsync(address);
        Print($"{(int)response.StatusCode} {response.Content.Headers.ContentLength} {(await response.Content.ReadAsStringAsync()).Length}");
        Print(app.Environment.ContentRootPath);
        await app.StopAsync();
    }
}
