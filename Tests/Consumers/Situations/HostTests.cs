using System.Net.Http;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>Woven programs that somebody else starts and ends.</summary>
public class HostTests
{
    const string Configuration = "Release-Profiled";

    static readonly (int, string)[] TestedCalls =
        [(2, "FibonacciTests.Is_the_sum_of_the_two_before"), (40, "FibonacciTests.Fibonacci")];

    [Test]
    public void A_woven_test_project_leaves_all_its_calls_however_soon_its_host_is_killed()
    {
        using var consumer = new Consumer();
        Directory.CreateDirectory(consumer["run"]);

        // The runner kills its host 100 ms after the last test, which is not long on a busy machine.
        var tests = TestWith(consumer, milliseconds: "60000");
        Assert.That(tests.Text, Does.Match(@"Passed:\s+2"));
        File.Move(Written(consumer, "*.prof").Single(), consumer["run/tests.prof"]);
        Assert.That(consumer.Profile("tests.prof").Select(row => (row.Calls, row.Name)), Is.SupersetOf(TestedCalls));

        TestWith(consumer, milliseconds: "0", "--no-build");
        var left = Written(consumer, "*.prof").Concat(Written(consumer, "*.prof.live")).First();
        Assert.That(new Stats(left).Select(row => ((int)row.Calls, row.Label.Name)), Is.SupersetOf(TestedCalls), left);
    }

    [Test]
    public async Task A_web_service_that_is_told_to_stop_leaves_a_profile()
    {
        using var consumer = new Consumer();
        consumer.Build("Web", Configuration);
        Directory.CreateDirectory(consumer["run"]);

        using (var service = new BackgroundProgram("dotnet", consumer["run"], [consumer.Output("Web", Configuration)]))
        {
            var address = service.WaitFor(@"http://127\.0\.0\.1:\d+").Value;
            using var client = new HttpClient();
            for (var i = 0; i < 3; i++)
                Assert.That(await client.GetStringAsync(new Uri($"{address}/greet/you")), Is.EqualTo("Hello you"));
            service.Terminate();
        }

        Assert.That(consumer.Profile("Web.prof").Select(row => (row.Calls, row.Name)),
            Is.SupersetOf(new[] { (1, "Program.Main"), (3, "Program.Greet") }));
    }

    [Test, Category("Slow")]
    public void A_watched_program_is_woven_again_after_an_edit()
    {
        using var consumer = new Consumer();
        consumer.Build("Plain", Configuration);
        var source = consumer["Plain/Program.cs"];

        string[] arguments = ["watch", "--non-interactive", "--no-hot-reload", "run", "-c", Configuration];
        var environment = consumer.BuildEnvironment.ToArray();
        using (var watch = new BackgroundProgram("dotnet", consumer["Plain"], arguments, environment))
        {
            watch.WaitFor("Hello 3");
            watch.WaitFor("Waiting for a file to change");
            File.Delete(consumer["Plain/Plain.prof"]);
            File.WriteAllText(source, File.ReadAllText(source).Replace("Greet", "Welcome", StringComparison.Ordinal)
                .Replace("Hello", "Welcome", StringComparison.Ordinal));
            watch.WaitFor("Welcome 3");
            watch.WaitFor("Waiting for a file to change", times: 2);
        }

        Directory.CreateDirectory(consumer["run"]);
        File.Move(consumer["Plain/Plain.prof"], consumer["run/Plain.prof"]);
        Assert.That(consumer.Methods("Plain.prof"), Does.Contain("Program.Welcome").And.Not.Contain("Program.Greet"));
    }

    static BuildLog TestWith(Consumer consumer, string milliseconds, params string[] switches)
    {
        consumer.BuildEnvironment.RemoveAll(variable => variable.Name == "VSTEST_TESTHOST_SHUTDOWN_TIMEOUT");
        consumer.BuildEnvironment.Add(("VSTEST_TESTHOST_SHUTDOWN_TIMEOUT", milliseconds));
        return consumer.Dotnet("test", "Tested", switches);
    }

    static string[] Written(Consumer consumer, string pattern) =>
        Directory.GetFiles(consumer["Tested"], pattern, SearchOption.AllDirectories);
}
