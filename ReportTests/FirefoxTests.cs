using System.Diagnostics;
using System.Net.Sockets;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProfilerWeaver.ReportTests;

/// <summary>A second engine shows the report, too. Playwright cannot drive the Firefox of a distribution, which speaks WebDriver BiDi.</summary>
public class FirefoxTests
{
    [Test]
    public async Task Firefox_shows_the_flame_graph()
    {
        using var folder = new TemporaryFolder();
        new Stats(SmallProfiles.Shop()).WriteHtml(folder.File("shop.html"));
        await using var firefox = await Firefox.Start(folder.File("profile"));
        await firefox.Navigate(new Uri(folder.File("shop.html")).AbsoluteUri);

        var status = await firefox.Evaluate(
            """
            new Promise(resolve => {
              const look = () => document.querySelector(".flame canvas")?.width > 500
                ? resolve(document.querySelector(".view .status").textContent)
                : setTimeout(look, 50);
              look();
            })
            """);

        Assert.That(status, Is.EqualTo("14 contexts"));
    }

    sealed class Firefox(Process process, ClientWebSocket socket) : IAsyncDisposable
    {
        static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

        readonly CancellationTokenSource limit = new(Patience);
        string context = "";
        int last;

        public static async Task<Firefox> Start(string profile)
        {
            Directory.CreateDirectory(profile);
            var port = FreePort();
            var process = Process.Start(new ProcessStartInfo("firefox-esr",
                ["--headless", "--no-remote", "--profile", profile, $"--remote-debugging-port={port}"])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            var socket = await Connect(new Uri($"ws://127.0.0.1:{port}/session"));
            var firefox = new Firefox(process, socket);
            await firefox.Send("session.new", new() { ["capabilities"] = new JsonObject() });
            firefox.context = (await firefox.Send("browsingContext.getTree", [])).GetProperty("contexts")[0].GetProperty("context").GetString()!;
            return firefox;
        }

        public async Task Navigate(string address) =>
            await Send("browsingContext.navigate", new() { ["context"] = context, ["url"] = address, ["wait"] = "complete" });

        public async Task<string?> Evaluate(string expression) => (await Send("script.evaluate", new()
        {
            ["expression"] = expression,
            ["target"] = new JsonObject { ["context"] = context },
            ["awaitPromise"] = true,
        })).GetProperty("result").GetProperty("value").GetString();

        public async ValueTask DisposeAsync()
        {
            socket.Dispose();
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            limit.Dispose();
        }

        async Task<JsonElement> Send(string method, JsonObject parameters)
        {
            var id = ++last;
            var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString();
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, limit.Token);
            while (true)
            {
                var answer = JsonDocument.Parse(await Receive()).RootElement;
                // Events have none.
                if (!answer.TryGetProperty("id", out var of) || of.GetInt32() != id)
                    continue;
                return answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"{method}: {answer}");
            }
        }

        async Task<byte[]> Receive()
        {
            using var content = new MemoryStream();
            var buffer = new byte[1 << 16];
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, limit.Token);
                content.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                    return content.ToArray();
            }
        }

        static async Task<ClientWebSocket> Connect(Uri address)
        {
            for (var begin = Stopwatch.StartNew(); ; await Task.Delay(200))
            {
                var socket = new ClientWebSocket();
                try
                {
                    await socket.ConnectAsync(address, CancellationToken.None);
                    return socket;
                }
                catch (WebSocketException) when (begin.Elapsed < Patience)
                {
                    socket.Dispose();
                }
            }
        }

        static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
