using Microsoft.EntityFrameworkCore;
using ProfilerWeaver;
using WebShop.Data;
using WebShop.Routes;

namespace WebShop;

static class Program
{
    // Seeds a common mistake: the lines of an order are asked for one by one.
    const string NPlusOne = "--n-plus-one";

    static async Task Main(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder([.. arguments.Where(argument => argument != NPlusOne)]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        using var file = new DatabaseFile();
        builder.Services.AddProfilerWeaver();
        builder.Services.AddDbContextFactory<ShopContext>(options => options.UseSqlite(file.ConnectionString));
        builder.Services.AddSingleton(new OrderBookOptions(HasNPlusOne: arguments.Contains(NPlusOne)));
        builder.Services.AddScoped<Catalogue>().AddScoped<OrderBook>().AddSingleton<OrderDesk>();
        builder.Services.AddHttpClient<PriceList>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OrderDesk>());

        var app = builder.Build();
        await SampleData.Create(app.Services.GetRequiredService<IDbContextFactory<ShopContext>>());
        app.UseProfilerScopes();
        app.MapProfiler("/debug/pprof");
        app.MapGet("/products", ProductRoutes.All);
        app.MapGet("/products/{id:int}", ProductRoutes.Details);
        app.MapGet("/orders/{id:int}", OrderRoutes.Find);
        app.MapGet("/orders/{id:int}/quote", OrderRoutes.Quote);
        app.MapPost("/products/{id:int}/order", OrderRoutes.Place);
        await app.RunAsync();
    }
}
