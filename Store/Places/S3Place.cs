using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace ProfilerWeaver.Store;

/// <summary>A bucket of an object store, or a part of it.</summary>
sealed class S3Place : IStorePlace
{
    const int Parallel = 8;

    readonly AmazonS3Client client;
    readonly string bucket;
    readonly string prefix;
    readonly S3Trouble trouble;
    readonly bool isAmazon;
    readonly ObjectCache cache;
    readonly DirectoryInfo drafts = Directory.CreateTempSubdirectory("dotnet-prof-store.");

    S3Place(string location, string bucket, string prefix, AmazonS3Client client, Uri? endpoint, ObjectCache cache)
    {
        (Location, this.bucket, this.prefix, this.client, this.cache) = (location, bucket, prefix, client, cache);
        isAmazon = endpoint is null;
        trouble = new(bucket, endpoint?.ToString() ?? client.Config.RegionEndpoint?.SystemName ?? "Amazon S3");
    }

    public string Location { get; }

    public TimeSpan LongestAddition => TimeSpan.FromDays(1);

    /// <summary>Connects to it with what AWS's tools have in common: variables such as AWS_ACCESS_KEY_ID, AWS_REGION and AWS_ENDPOINT_URL, files in
    /// <c>~/.aws</c>, the role of a machine or pod.</summary>
    /// <exception cref="StoreException">They lack something, or it is no name of a bucket.</exception>
    public static S3Place Open(string location, string path, long cacheLimit)
    {
        var end = path.IndexOf('/', StringComparison.Ordinal);
        var (bucket, prefix) = end < 0 ? (path, "") : (path[..end], path[(end + 1)..].Trim('/'));
        if (bucket.Length == 0)
            throw new StoreException($"{location}: expected s3://BUCKET/PREFIX.", StoreException.Usage);
        try
        {
            var config = new AmazonS3Config();
            // Asked first: asking for the region makes it forget the address.
            var endpoint = config.ServiceURL;
            if (endpoint is not null)
            {
                var region = config.RegionEndpoint?.SystemName ?? "us-east-1";
                config.ServiceURL = endpoint;
                config.AuthenticationRegion = region;
                // What other servers than Amazon's may not know: buckets as names of hosts, check sums behind a body.
                config.ForcePathStyle = true;
                config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
                config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
            }
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint} {bucket} {prefix}")))[..16];
            return new(location, bucket, prefix.Length == 0 ? "" : prefix + "/", new(config), endpoint is null ? null : new(endpoint), ObjectCache.Open(name, cacheLimit));
        }
        catch (Exception e) when (S3Trouble.IsOfClient(e))
        {
            throw S3Trouble.OfClient(e);
        }
    }

    public async Task<bool> IsEmpty() =>
        (await Try(() => client.ListObjectsV2Async(new() { BucketName = bucket, Prefix = prefix, MaxKeys = 1 }))).S3Objects is not { Count: > 0 };

    public async Task<VersionedText?> Read(string key)
    {
        try
        {
            return await Try(async () =>
            {
                using var answer = await client.GetObjectAsync(bucket, prefix + key);
                using var reader = new StreamReader(answer.ResponseStream);
                return new VersionedText(await reader.ReadToEndAsync(), answer.ETag);
            });
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public async Task<string?> TryReplace(string key, string text, string? version)
    {
        var request = new PutObjectRequest { BucketName = bucket, Key = prefix + key, ContentBody = text, ContentType = "application/json", UseChunkEncoding = isAmazon };
        if (version is null)
            request.IfNoneMatch = "*";
        else
            request.IfMatch = version;
        try
        {
            return (await Try(() => client.PutObjectAsync(request))).ETag;
        }
        // Others have done it, or are doing it.
        catch (StoreException e) when (e.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict })
        {
            return null;
        }
    }

    // Without the folders that are in the key: a name of its own is enough.
    public string Draft(string key) => Path.Combine(drafts.FullName, key.Replace('/', '_'));

    public async Task Put(string key)
    {
        await Try(() => client.PutObjectAsync(new() { BucketName = bucket, Key = prefix + key, FilePath = Draft(key), UseChunkEncoding = isAmazon }));
        File.Delete(Draft(key));
    }

    public async Task<IReadOnlyList<string>> Delete(IEnumerable<string> keys)
    {
        var all = keys.ToList();
        await System.Threading.Tasks.Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = Parallel },
            async (key, _) => await Try(() => client.DeleteObjectAsync(bucket, prefix + key)));
        return all;
    }

    public async Task<string[]> Fetch(IReadOnlyList<KeyValuePair<string, long>> files)
    {
        var paths = cache.Reserve(files, Location);
        await System.Threading.Tasks.Parallel.ForEachAsync(files.Where(file => !cache.Has(file)), new ParallelOptions { MaxDegreeOfParallelism = Parallel },
            async (file, cancellation) => await Try(async () =>
            {
                using var answer = await client.GetObjectAsync(bucket, prefix + file.Key, cancellation);
                await cache.Write(file, answer.ResponseStream, $"{Location}/{file.Key}");
                return true;
            }));
        return paths;
    }

    public async IAsyncEnumerable<KeyValuePair<string, DateTime>> List(string folder)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = $"{prefix}{folder}/" };
        ListObjectsV2Response page;
        do
        {
            page = await Try(() => client.ListObjectsV2Async(request));
            foreach (var found in page.S3Objects ?? [])
                yield return new(found.Key[prefix.Length..], found.LastModified?.ToUniversalTime() ?? DateTime.MaxValue);
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    public void Dispose()
    {
        client.Dispose();
        cache.Dispose();
        drafts.Delete(recursive: true);
    }

    async Task<T> Try<T>(Func<Task<T>> request)
    {
        try
        {
            return await request();
        }
        catch (Exception e) when (trouble.Explain(e) is { } explained)
        {
            throw explained;
        }
    }
}
