namespace ProfilerWeaver.Tests.Consumers;

/// <summary>One program for several target frameworks.</summary>
public class TargetFrameworkTests
{
    const string Project = "Everywhere/App";

    [Test]
    public void Every_target_framework_is_woven_and_records_the_same_calls()
    {
        using var consumer = new Consumer();

        // Three of the program; of the library one for each that the program can use.
        Assert.That(consumer.Build(Project, "Release-Profiled").Weavings, Is.EqualTo(6));

        foreach (var framework in new[] { "net8.0", "net10.0", "net472" })
        {
            var output = framework == "net472" ? RunOnFramework() : consumer.Execute("dotnet", File(framework, "dll"));
            Assert.That(output, Does.Contain("55").And.Contain("caught"), framework);
            var rows = consumer.Profile("App.prof")
                .Select(row => (row.Calls, row.Name, Path.GetFileName(row.File), row.Line));
            Assert.That(rows, Is.SupersetOf(new[]
            {
                (1, "Program.Main", "Program.cs", 9),
                (1, "Program.Fail", "Program.cs", 21),
                (177, "Everywhere.Fibonacci.Of", "Fibonacci.cs", 5),
            }), framework);
            System.IO.File.Delete(consumer["run/App.prof"]);
        }

        string File(string framework, string extension) =>
            consumer[$"{Project}/bin/Release-Profiled/{framework}/App.{extension}"];

        // The runtime library for netstandard2.0 on another runtime than .NET.
        string RunOnFramework()
        {
            if (OperatingSystem.IsWindows())
                return consumer.Execute(File("net472", "exe"));
            MonoFacade.MakeRunnable(consumer[$"{Project}/bin/Release-Profiled/net472/netstandard.dll"]);
            return consumer.Execute("mono", File("net472", "exe"));
        }
    }
}
