using Microsoft.AspNetCore.Builder;

static class Program
{
    static void Main()
    {
        var app = WebApplication.Create(["--urls", "http://127.0.0.1:0"]);
        app.MapGet("/greet/{name}", Greet);
        app.Run();
    }

    static string Greet(string name) => "Hello " + name;
}
