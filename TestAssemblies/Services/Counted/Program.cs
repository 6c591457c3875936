using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using ProfilerWeaver;

namespace Counted;

/// <summary>A service of which is known what each request calls, with a profiler for each way to open one.</summary>
static class Program
{
    static void Main(string[] arguments)
    {
        if (arguments.Contains("--bare"))
        {
            Bare.Run(arguments);
            return;
        }
        var builder = WebApplication.CreateBuilder(arguments);
        builder.Logging.SetMinimumLevel(LogLevel.Critical).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        var time = new ManualTime();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddProfilerWeaver(options =>
        {
            options.MaxDuration = TimeSpan.FromSeconds(20);
            options.ServerTiming = context => context.Request.Query.ContainsKey("timed");
            options.MaxContexts = builder.Configuration.GetValue("most-contexts", options.MaxContexts);
            options.TraceIds = context => context.Request.Query.ContainsKey("traced");
        });
        builder.Services.AddAuthentication("Header").AddScheme<AuthenticationSchemeOptions, UserHeader>("Header", null);
        builder.Services.AddAuthorization();
        builder.Services.AddAntiforgery();
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.AllowAnyOrigin()));

        var app = builder.Build();
        app.Use((context, next) =>
        {
            if (context.Request.Headers.TryGetValue("Test-Address", out var address))
                context.Connection.RemoteIpAddress = IPAddress.Parse(address!);
            return next(context);
        });
        app.UseCors();
        app.UseAntiforgery();
        app.UseProfilerScopes();
        app.MapGet("/work/{times:int}", Work.Do);
        app.MapGet("/later/{times:int}", Work.DoLater);
        // As the routes of controllers are written.
        app.MapGet("slashless/{times:int}", Work.Do);
        app.MapGet("/fails", Work.Fail);
        app.MapMethods("/any", ["GET", "INVENT"], () => "any");
        app.MapGet("/time", () => time.Waiting);
        app.MapPost("/time/{seconds:int}", (int seconds) => time.Pass(TimeSpan.FromSeconds(seconds)));

        app.MapProfiler("/closed");
        app.MapProfiler("/authorized").RequireAuthorization();
        app.MapProfiler("/anonymous").RequireAuthorization().AllowAnonymous();
        app.MapProfiler("/hosted").RequireHost("profiler.test");
        app.MapProfiler("/checked").WithMetadata(new RequireAntiforgeryTokenAttribute());
        app.Run();
    }
}
