using Microsoft.AspNetCore.Http;

namespace ProfilerWeaver;

/// <summary>What the endpoint answers. Nothing of it is kept, interpreted as something else, or shown in a frame.</summary>
static class Answer
{
    /// <summary>A line of text.</summary>
    public static Task Text(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        Begin(context.Response, "text/plain; charset=utf-8");
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }

    /// <summary>A page without scripts.</summary>
    public static Task Page(HttpContext context, string page)
    {
        Begin(context.Response, "text/html; charset=utf-8");
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
        return context.Response.WriteAsync(page, context.RequestAborted);
    }

    /// <summary>A profile, or that there is none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="format">Its form.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="whyNone">Says why there is none, if that is known.</param>
    public static async Task Profile(HttpContext context, WindowFormat format, Action<Stream> write, Func<string?>? whyNone = null)
    {
        using var content = new MemoryStream();
        try
        {
            write(content);
        }
        catch (EmptyProfileException)
        {
            await Text(context, StatusCodes.Status404NotFound, AutomaticProfile.Settings is null
                ? "No woven method has run yet. Is the service woven (ProfilerWeaver.Fody in its project, and the configuration Release-Profiled)?"
                : whyNone?.Invoke() ?? "No woven method was called in that time.").ConfigureAwait(false);
            return;
        }
        Begin(context.Response, format.ContentType);
        if (format.FileName is { } name)
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        // Without its length it ends when the caller's turn has ended: who has read it may ask for the next one.
        content.Position = 0;
        await content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The headers of an answer.</summary>
    public static void Begin(HttpResponse response, string contentType)
    {
        response.ContentType = contentType;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "frame-ancestors 'none'";
    }
}
