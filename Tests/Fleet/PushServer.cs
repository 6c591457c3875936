using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests.Fleet;

/// <summary>What a server does to a request.</summary>
enum Fault
{
    None,

    /// <summary>It says that it cannot take it now.</summary>
    Status,

    /// <summary>The connection is dropped in the midst of the body.</summary>
    DropBefore,

    /// <summary>The connection is dropped when it has been taken: the client does not know that it has.</summary>
    DropAfter,
}

/// <summary>A request that was taken.</summary>
sealed record Delivery(string Id, string Path, string Query, string? Authorization, string? Tenant, string? ContentType, byte[] Raw, PushedBody Body);

/// <summary>A profile server on this machine with the limits of Pyroscope, which fails when a test wants it to. It is one of its own, because
/// those of .NET do not drop connections without an answer.</summary>
sealed partial class PushServer : IDisposable
{
    readonly TcpListener listener;
    readonly Task loop;
    int requests;

    public PushServer(int port = 0)
    {
        listener = new(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        loop = Task.Run(Listen);
    }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>What it does to a request, by its number; nothing unless a test says so.</summary>
    public Func<int, Fault> FaultOf { get; set; } = _ => Fault.None;

    /// <summary>What it answers instead of taking anything; null: it takes it.</summary>
    public Func<PushRequest, (int Status, string Text, string? RetryAfter)?> Answer { get; set; } = _ => null;

    /// <summary>Where it says that it has moved to; null: nowhere.</summary>
    public string? Redirect { get; set; }

    public int Requests => requests;

    /// <summary>What has arrived, by its id: each once, however often it was sent.</summary>
    public ConcurrentDictionary<string, Delivery> Arrived { get; } = new();

    /// <summary>How often each was taken, and how often the client was not told.</summary>
    public ConcurrentDictionary<string, (int Taken, int Untold)> Counts { get; } = new();

    /// <summary>What was too much for it.</summary>
    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>Fails some requests at random, the same for the same seed: a tenth by their status, and as many by dropping the
    /// connection before and after the body was read.</summary>
    public static Func<int, Fault> FailingAtRandom(int seed)
    {
        var random = new Random(seed);
        return _ =>
        {
            lock (random)
                return random.NextDouble() switch { < 0.1 => Fault.Status, < 0.15 => Fault.DropBefore, < 0.2 => Fault.DropAfter, _ => Fault.None };
        };
    }

    /// <summary>A port at which nobody listens.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        listener.Stop();
        loop.Wait();
        listener.Dispose();
    }

    async Task Listen()
    {
        while (true)
        {
            try
            {
                var connection = await listener.AcceptTcpClientAsync();
                _ = Task.Factory.StartNew(() => Serve(connection), TaskCreationOptions.LongRunning);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    void Serve(TcpClient connection)
    {
        using (connection)
        {
            // What is dropped is gone at once.
            connection.LingerState = new(true, 0);
            var stream = connection.GetStream();
            try
            {
                while (PushRequest.ReadHead(stream) is { } request)
                {
                    if (Respond(request, stream) is not { } response)
                        return;
                    stream.Write(Encoding.UTF8.GetBytes(response));
                }
                connection.LingerState = new(false, 0);
            }
            catch (IOException)
            {
                // The client has gone.
            }
        }
    }

    // Null: the connection is to be dropped.
    string? Respond(PushRequest request, Stream stream)
    {
        var number = Interlocked.Increment(ref requests);
        var fault = FaultOf(number);
        if (fault == Fault.DropBefore)
        {
            request.ReadBody(stream, part: 2);
            return null;
        }
        request.ReadBody(stream, part: 1);
        try
        {
            if (Answer(request) is { } answer)
                return Response(answer.Status, answer.Text, answer.RetryAfter);
            if (fault == Fault.Status)
                return Response((number % 4) switch { 0 => 408, 1 => 429, 2 => 500, _ => 503 }, "not now", number % 2 == 0 ? "0" : null);
            Take(request, isTold: fault != Fault.DropAfter);
            return fault == Fault.DropAfter ? null : Response(200, "", null);
        }
        catch (Exception e)
        {
            Violations.Enqueue(e.ToString());
            return Response(400, e.Message, null);
        }
    }

    void Take(PushRequest request, bool isTold)
    {
        var id = request.Header("Idempotency-Key") ?? throw new FormatException("there is no id");
        var body = PushedBody.Read(request);
        Check(request, body, id);
        Arrived.TryAdd(id, new(id, request.Path, request.Query, request.Header("Authorization"), request.Header("X-Scope-OrgID"),
            request.Header("Content-Type"), request.Body, body));
        Counts.AddOrUpdate(id, _ => (1, isTold ? 0 : 1), (_, known) => (known.Taken + 1, known.Untold + (isTold ? 0 : 1)));
    }

    // What Pyroscope's distributor refuses, and what it would cut off.
    static void Check(PushRequest request, PushedBody body, string id)
    {
        if (body.Profile.Length > 4 << 20)
            throw new FormatException($"the profile exceeds the size limit (max_profile_size_byte, actual: {body.Profile.Length}, limit: {4 << 20})");
        if (body.Samples > 16_000)
            throw new FormatException($"the profile exceeds the samples count limit (max_profile_stacktrace_samples, actual: {body.Samples}, limit: 16000)");
        if (body.Depth > 1000)
            throw new FormatException($"a stack of {body.Depth} would be cut off");
        if (body.Labels > 100)
            throw new FormatException($"the profile exceeds the sample labels limit (max_profile_stacktrace_sample_labels, actual: {body.Labels}, limit: 100)");
        if (body.Id is not null && body.Id != id)
            throw new FormatException($"the body has another id, {body.Id}");
        var series = body.Series;
        if (request.Path == "/ingest")
        {
            var query = System.Web.HttpUtility.ParseQueryString(request.Query);
            var name = Name().Match(query["name"] ?? "");
            if (!name.Success || !long.TryParse(query["from"], out _) || !long.TryParse(query["until"], out _))
                throw new FormatException($"failed to parse request metadata: {request.Query}");
            series = name.Groups["pairs"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
                .ToDictionary(pair => pair[0], pair => pair[1]);
        }
        if (series.Count > 30 || series.Any(pair => pair.Key.Length > 1024 || Encoding.UTF8.GetByteCount(pair.Value) > 2048))
            throw new FormatException("too many labels, or too long ones");
    }

    string Response(int status, string text, string? retryAfter) =>
        $"HTTP/1.1 {status} {(HttpStatusCode)status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\n" +
        (retryAfter is null ? "" : $"Retry-After: {retryAfter}\r\n") + (Redirect is null ? "" : $"Location: {Redirect}\r\n") + $"\r\n{text}";

    [GeneratedRegex(@"^[-./a-zA-Z0-9_]+\{(?<pairs>([a-zA-Z0-9_.]+=[^,}]*,?)*)\}$")]
    private static partial Regex Name();
}
