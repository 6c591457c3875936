var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
var app = builder.Build();
app.MapGet("/", () => Greeting.Text());
app.Run();

static class Greeting
{
    public static string Text() => "Hello";
}
