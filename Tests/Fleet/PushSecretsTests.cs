using System.Text;
using ProfilerWeaver.Tests.CommandLineTool;

namespace ProfilerWeaver.Tests.Fleet;

/// <summary>Secrets come from the environment, and are nowhere but in requests.</summary>
public sealed class PushSecretsTests : IDisposable
{
    const string Secret = "s3cr3t-of-ours";

    readonly ProfTool tool = new();
    readonly PushServer server = new();

    public PushSecretsTests() => ProfFile.Write(RandomProfiles.Recording(1), tool["app.prof"]);

    public void Dispose()
    {
        server.Dispose();
        tool.Dispose();
    }

    [Test]
    public void A_token_and_a_tenant_are_sent()
    {
        tool.Environment["PROFILERWEAVER_PUSH_TOKEN"] = Secret + "\n";
        tool.Environment["PROFILERWEAVER_PUSH_TENANT"] = "team-a";

        Push();

        Assert.That((Only.Authorization, Only.Tenant), Is.EqualTo(($"Bearer {Secret}", "team-a")));
    }

    [Test]
    public void A_user_and_a_password_are_sent()
    {
        tool.Environment["PROFILERWEAVER_PUSH_USER"] = "12345";
        tool.Environment["PROFILERWEAVER_PUSH_PASSWORD"] = Secret;

        Push();

        Assert.That(Only.Authorization, Is.EqualTo("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"12345:{Secret}"))));
    }

    [TestCase(422)]
    [TestCase(401)]
    [TestCase(503)]
    public void They_are_in_no_message_and_no_file_even_if_the_server_repeats_them(int status)
    {
        tool.Environment["PROFILERWEAVER_PUSH_TOKEN"] = Secret;
        tool.Environment["PROFILERWEAVER_PUSH_TENANT"] = "tenant-of-ours";
        server.Answer = request => (status, $"no: {request.Header("Authorization")} of {request.Header("X-Scope-OrgID")}", null);

        var result = Push("--verbose");

        Assert.That(result.Errors, Does.Contain("no: Bearer *** of ***").And.Not.Contain(Secret).And.Not.Contain("tenant-of-ours"));
        var files = Directory.GetFiles(tool["spool"], "*", SearchOption.AllDirectories);
        Assert.That(files.Any(file => file.EndsWith(".push", StringComparison.Ordinal)), Is.EqualTo(status != 422));
        foreach (var file in files)
            Assert.That(file + Encoding.Latin1.GetString(File.ReadAllBytes(file)), Does.Not.Contain(Secret).And.Not.Contain("tenant-of-ours"));
    }

    [Test]
    public void What_waits_for_one_tenant_is_not_sent_to_another()
    {
        tool.Environment["PROFILERWEAVER_PUSH_TENANT"] = "team-a";
        server.Answer = _ => (503, "down", null);
        Push();
        server.Answer = _ => null;
        tool.Environment["PROFILERWEAVER_PUSH_TENANT"] = "team-b";

        var other = tool.Run("push", "--to", $"pyroscope={server.Address}", "--spool", "spool");
        tool.Environment["PROFILERWEAVER_PUSH_TENANT"] = "team-a";
        tool.Run("push", "--to", $"pyroscope={server.Address}", "--spool", "spool");

        Assert.That(other.Errors, Does.Contain("nothing waits"));
        Assert.That(Only.Tenant, Is.EqualTo("team-a"));
    }

    [TestCase("http://user:s3cr3t-of-ours@localhost", "has a user and a password in it, which others would read. Remove them (up to @), and set PROFILERWEAVER_PUSH_TOKEN")]
    [TestCase("ftp://user:s3cr3t-of-ours@localhost", "'ftp://***@localhost' is not the address of a server")]
    [TestCase("http://localhost/?key=s3cr3t-of-ours", "goes on after its path")]
    public void They_are_not_taken_from_an_address(string address, string message)
    {
        var result = tool.Run("push", "app.prof", "--to", $"pyroscope={address}", "--spool", "spool");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Errors, Does.Contain(message).And.Not.Contain(Secret));
        Assert.That(tool["spool"], Does.Not.Exist);
    }

    [TestCase("TOKEN=a,USER=b,PASSWORD=c", "both PROFILERWEAVER_PUSH_TOKEN and PROFILERWEAVER_PUSH_USER or PROFILERWEAVER_PUSH_PASSWORD are set.")]
    [TestCase("USER=b", "PROFILERWEAVER_PUSH_USER is set, but PROFILERWEAVER_PUSH_PASSWORD is not.")]
    [TestCase("TOKEN=s3cr3t-of-ours\nx", "PROFILERWEAVER_PUSH_TOKEN has a character that no header can have.")]
    public void Contradictions_are_named(string variables, string message)
    {
        foreach (var pair in variables.Split(','))
            tool.Environment["PROFILERWEAVER_PUSH_" + pair.Split('=')[0]] = pair.Split('=')[1];

        var result = Push();

        Assert.That(result.Errors, Does.Contain(message).And.Not.Contain(Secret));
        Assert.That(server.Requests, Is.Zero);
    }

    Delivery Only => server.Arrived.Values.Single();

    ToolResult Push(params string[] more) =>
        tool.Run(["push", "app.prof", "--to", $"pyroscope={server.Address}", "--spool", "spool", "--timeout", "1ms", .. more]);
}
