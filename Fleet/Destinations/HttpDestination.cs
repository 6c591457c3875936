using System.Net;
using System.Net.Http.Headers;

namespace ProfilerWeaver;

/// <summary>A server.</summary>
/// <param name="kind">Which protocol it speaks, as users write it.</param>
/// <param name="address">Where it takes profiles.</param>
abstract class HttpDestination(string kind, Uri address) : Destination
{
    // What HTTP's working group calls it; servers that do not know it pass over it.
    const string IdHeader = "Idempotency-Key";
    const int MostText = 300;
    const int MostBytesOfText = 4096;
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    readonly Credentials credentials = Credentials.FromEnvironment();
    readonly HttpClient client = new(new SocketsHttpHandler
    {
        // They would be sent elsewhere, with the token, and as GET.
        AllowAutoRedirect = false,
        UseCookies = false,
        // The program's traces are not about us.
        ActivityHeadersPropagator = null,
        // What has moved to another address is found again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    public override string Name => $"{kind}={address.AbsoluteUri}";

    public override string Identity => $"{Name}\n{credentials.Tenant}";

    public override async Task<PushAnswer> Send(PushItem item, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Timeout);
        try
        {
            using var request = RequestFor(item);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? await Accepted(response, limit.Token).ConfigureAwait(false)
                : await NotAccepted(response, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(Outcome.Later, $"it did not answer within {Timeout.TotalSeconds:0} seconds");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new(Outcome.Later, Shown((e.InnerException ?? e).Message.TrimEnd('.')));
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        client.Dispose();
    }

    /// <summary>Further headers of a request.</summary>
    protected virtual void AddHeaders(HttpRequestHeaders headers)
    {
    }

    /// <summary>What the server says when it has taken something.</summary>
    protected virtual Task<PushAnswer> Accepted(HttpResponseMessage response, CancellationToken cancellation) =>
        Task.FromResult(new PushAnswer(Outcome.Arrived));

    /// <summary>What the server says, for messages.</summary>
    protected string Shown(string text)
    {
        text = Printable.Text(credentials.Hide(text).Trim());
        return text.Length <= MostText ? text : text[..MostText] + "...";
    }

    /// <summary>The beginning of what a server says.</summary>
    protected static async Task<byte[]> ReadBeginning(HttpResponseMessage response, CancellationToken cancellation)
    {
        var bytes = new byte[MostBytesOfText];
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return bytes[..length];
    }

    HttpRequestMessage RequestFor(PushItem item)
    {
        var content = new ByteArrayContent(item.Content);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(item.ContentType);
        if (item.IsZipped)
            content.Headers.ContentEncoding.Add("gzip");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address.AbsoluteUri + item.Query)) { Content = content };
        request.Headers.UserAgent.Add(new("ProfilerWeaver", null));
        request.Headers.Add(IdHeader, item.Id.ToString());
        credentials.AddTo(request.Headers);
        AddHeaders(request.Headers);
        return request;
    }

    async Task<PushAnswer> NotAccepted(HttpResponseMessage response, CancellationToken cancellation)
    {
        var said = System.Text.Encoding.UTF8.GetString(await ReadBeginning(response, cancellation).ConfigureAwait(false));
        var text = Shown($"{(int)response.StatusCode} {response.ReasonPhrase}{(said.Trim().Length > 0 ? ": " : "")}{said}");
        return response.StatusCode switch
        {
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => new(Outcome.Later, text, RetryAfter(response)),
            HttpStatusCode.NotImplemented => new(Outcome.Closed, text),
            >= HttpStatusCode.InternalServerError => new(Outcome.Later, text, RetryAfter(response)),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired =>
                new(Outcome.Closed, $"{text}. Set {Credentials.Variables} in the environment to what the server wants"),
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => new(Outcome.Closed, $"{text}. Check the address: does the server take profiles there?"),
            < HttpStatusCode.BadRequest => new(Outcome.Closed, response.Headers.Location is { } other
                ? $"it is now at {Shown(other.OriginalString)}. Push there, if you trust it"
                : text),
            _ => new(Outcome.Refused, text),
        };
    }

    static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } time } => time,
        { Date: { } date } => date - DateTimeOffset.UtcNow is var time && time > TimeSpan.Zero ? time : TimeSpan.Zero,
        _ => null,
    };
}
