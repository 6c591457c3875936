using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;

namespace ProfilerWeaver.Store;

/// <summary>What to do about answers of an object store that are none.</summary>
/// <param name="bucket">The bucket.</param>
/// <param name="server">Where it was looked for.</param>
sealed class S3Trouble(string bucket, string server)
{
    const string Region = "Set AWS_REGION to that of the bucket";
    const string Keys = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile in ~/.aws";

    /// <summary>Whether an exception is about how to connect.</summary>
    public static bool IsOfClient(Exception e) => e is AmazonClientException or ArgumentException or UriFormatException;

    /// <summary>Says what to do before anything was asked.</summary>
    public static StoreException OfClient(Exception e) => new(e.Message.Contains("RegionEndpoint", StringComparison.Ordinal)
        ? $"no region and no address of an object store is set. {Region}, or AWS_ENDPOINT_URL to the address of another server than Amazon's."
        : $"{FirstLine(e)} Look at the variables AWS_... and at ~/.aws/config.", cause: e);

    /// <summary>The exception that says what to do; null if it is about something else.</summary>
    public Exception? Explain(Exception e) => e switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => Say($"{server} has no bucket {bucket}. Make one, or look at its name and at AWS_ENDPOINT_URL.", e),
        // The answer to HEAD has no code.
        AmazonS3Exception { StatusCode: HttpStatusCode.NotFound } => new FileNotFoundException(e.Message, e),
        AmazonS3Exception { ErrorCode: "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" or "ExpiredToken" } =>
            Say($"{server} does not accept these credentials ({Code(e)}). {Keys}.", e),
        AmazonS3Exception { ErrorCode: "AuthorizationHeaderMalformed" or "PermanentRedirect" or "IllegalLocationConstraintException" }
            or AmazonS3Exception { StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect } =>
            Say($"the bucket {bucket} is in another region. {Region}.", e),
        AmazonS3Exception { ErrorCode: "RequestTimeTooSkewed" } => Say($"{server} has another time than this machine. Set its clock.", e),
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } =>
            Say($"these credentials may not do that in the bucket {bucket} ({Code(e)}). They need s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject.", e),
        AmazonS3Exception => Say($"{server} answered: {FirstLine(e)} ({Code(e)}).", e),
        AmazonServiceException or HttpRequestException or HttpIOException or TimeoutException or IOException { InnerException: SocketException } =>
            Say($"{server} cannot be reached: {FirstLine(e.InnerException ?? e)} Look at AWS_ENDPOINT_URL and AWS_REGION.", e),
        AmazonClientException => Say(e.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase)
            ? $"there are no credentials for {server}. {Keys}."
            : $"{server}: {FirstLine(e)}", e),
        _ => null,
    };

    static StoreException Say(string message, Exception cause) => new(message, cause: cause);

    static string Code(Exception e) => e is AmazonS3Exception { ErrorCode: { Length: > 0 } code } ? code : ((AmazonS3Exception)e).StatusCode.ToString();

    static string FirstLine(Exception e)
    {
        var line = e.Message.Split('\n')[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}
