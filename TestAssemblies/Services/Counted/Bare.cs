using ProfilerWeaver;

namespace Counted;

/// <summary>A service that has nothing but what docs/production.md tells, in which time passes by itself.</summary>
static class Bare
{
    public static void Run(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.Services.AddProfilerWeaver();

        var app = builder.Build();
        app.UseProfilerScopes();
        app.MapProfiler("/debug/pprof");
        app.MapGet("/work/{times:int}", Work.Do);
        app.Run();
    }
}
