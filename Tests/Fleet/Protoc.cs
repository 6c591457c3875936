using System.Diagnostics;
using System.Reflection;
using System.Runtime.Versioning;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Fleet;

/// <summary>protoc of the package Google.Protobuf.Tools.</summary>
[SupportedOSPlatform("linux")]
static class Protoc
{
    /// <summary>Reads a message by a schema.</summary>
    /// <param name="schema">The schema, a file beside this one.</param>
    /// <param name="type">What the message is in it.</param>
    /// <param name="message">The message.</param>
    /// <returns>Its fields as text.</returns>
    public static string Decode(string schema, string type, byte[] message)
    {
        using var folder = new TemporaryFolder();
        // Packages have no files that can be run.
        var program = folder.File("protoc");
        File.Copy(Path(), program);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var schemas = System.IO.Path.Combine(PackageFeed.Repository, "Tests", "Fleet");
        using var process = Process.Start(new ProcessStartInfo(program, [$"--decode={type}", $"--proto_path={schemas}", schema])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (text, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.BaseStream.Write(message);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors.Result);
        return text.Result;
    }

    static string Path() => typeof(Protoc).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(known => known.Key == "protoc").Value!;
}
