using System.Diagnostics;
using System.Text.Json;

namespace ProfilerWeaver.Tests.Store;

/// <summary>An object store on loopback.</summary>
sealed class S3Server : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Process process;

    public S3Server()
    {
        process = Process.Start(new ProcessStartInfo("node", [EnginesFolder.Script("s3.js"), EnginesFolder.Package("s3rver"), folder.Location])
        {
            RedirectStandardOutput = true,
        })!;
        Address = $"http://127.0.0.1:{process.StandardOutput.ReadLine()}";
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>What the tool needs to find it.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["AWS_ENDPOINT_URL_S3"] = Address,
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "S3RVER",
        ["AWS_SECRET_ACCESS_KEY"] = "S3RVER",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>The keys of all objects in the bucket.</summary>
    public string[] Keys => [.. Directory.GetFiles(folder.File("profiles"), "*._S3rver_object", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder.File("profiles"), file)[..^"._S3rver_object".Length])];

    /// <summary>Reads an object.</summary>
    public string Read(string key) => File.ReadAllText(folder.File($"profiles/{key}._S3rver_object"));

    /// <summary>Replaces an object behind its back.</summary>
    public void Write(string key, string text)
    {
        File.WriteAllText(folder.File($"profiles/{key}._S3rver_object"), text);
        File.Delete(folder.File($"profiles/{key}._S3rver_object.md5"));
    }

    /// <summary>Has it break connections: before it does what it is asked for, or after that, without an answer.</summary>
    public void Break(string method, string path, bool isDone, int times)
    {
        using var client = new HttpClient();
        using var content = new StringContent(JsonSerializer.Serialize(new[] { new { method, path, lost = isDone, times } }));
        client.PutAsync(new Uri($"{Address}/faults"), content).GetAwaiter().GetResult().EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        folder.Dispose();
    }
}
