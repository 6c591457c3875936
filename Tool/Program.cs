using System.Diagnostics.CodeAnalysis;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>The tool <c>dotnet prof</c>.</summary>
static class Program
{
    // Mono.Cecil looks for it by its name, for symbols in the format of Windows.
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, "Mono.Cecil.Pdb.NativePdbReaderProvider", "Mono.Cecil.Pdb")]
    // And the weaver for this, by its name, in Mono.Cecil.
    [DynamicDependency("Documents", "Mono.Cecil.MetadataSystem", "Mono.Cecil")]
    static int Main(string[] arguments)
    {
        try
        {
            if (HoldVerb.IsMeant(arguments))
                return HoldVerb.Invoke(arguments);
            // Profiling comes without the verb, and must not wait for the libraries that the others need.
            return RunVerb.IsMeant(arguments, out var ofRun)
                ? RunVerb.Invoke(ofRun) ?? CommandLine.Invoke([RunVerb.Word, "--help"])
                : CommandLine.Invoke(arguments);
        }
        catch (ToolException e)
        {
            return Complain(e.Message, e.ExitCode, arguments, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or WeavingException
            or InvalidProfileException or EmptyProfileException)
        {
            return Complain(e.Message, ToolException.Failure, arguments, e);
        }
        catch (OutOfMemoryException e)
        {
            return Complain($"The memory is not enough: .NET may use {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB here. Give it more, " +
                "for example by a higher limit of the container.", ToolException.Failure, arguments, e);
        }
        catch (Exception e)
        {
            return Complain($"{e.GetType().Name}: {e.Message} This is a bug in the tool; please report it with the output of " +
                $"{RunOption.Verbose.Name}.", ToolException.Failure, arguments, e);
        }
    }

    static int Complain(string message, int exitCode, string[] arguments, Exception e)
    {
        Messages.WriteLine($"dotnet-prof: error: {message}");
        if (e is ToolException { Details: var details })
        {
            foreach (var line in details)
                Messages.WriteLine(line);
        }
        if (arguments.Contains(RunOption.Verbose.Name))
        {
            foreach (var line in (e.InnerException is null ? e.StackTrace! : e.ToString()).Split(Environment.NewLine))
                Messages.WriteLine(line);
        }
        return exitCode;
    }
}
