using ProfilerWeaver;

namespace Counted;

/// <summary>A service that has nothing but what docs/production.md and docs/push.md tell, in which time passes by itself.</summary>
static class Bare
{
    public static void Run(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.Services.AddProfilerWeaver(options =>
        {
            options.Push = builder.Configuration["push"];
            options.PushInterval = TimeSpan.FromSeconds(1);
            options.PushOptions = new() { Service = "counted", Spool = builder.Configuration["spool"], Patience = TimeSpan.FromSeconds(2) };
        });

        var app = builder.Build();
        app.UseProfilerScopes();
        app.MapProfiler("/debug/pprof");
        app.MapGet("/work/{times:int}", Work.Do);
        app.Run();
    }
}
