using System.Reflection;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Configurations;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.TestHostControllers;
using Variable = Microsoft.Testing.Platform.Extensions.TestHostControllers.EnvironmentVariable;

namespace ProfilerWeaver.TestingPlatform;

/// <summary>Has the platform run the tests in a process that loads woven assemblies in place of the originals. It is asked for
/// the environment of that process, and told when it ends.</summary>
sealed class WovenTestHost(ICommandLineOptions options, IConfiguration configuration)
    : Extension, ITestHostEnvironmentVariableProvider, ITestHostProcessLifetimeHandler, IDisposable
{
    readonly string assembly = Assembly.GetEntryAssembly()!.Location;
    DateTime begun;
    HeldCopy? copy;
    string? trouble;

    public override Task<bool> IsEnabledAsync() => Task.FromResult(options.IsOptionSet(ProfileOption.Name));

    public async Task UpdateAsync(IEnvironmentVariables environmentVariables)
    {
        begun = DateTime.UtcNow;
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            trouble = $"the folder {Folder} cannot be made: {e.Message.TrimEnd('.')}. Choose another one: --{ProfileOption.Name}=DIR.";
            return;
        }
        try
        {
            copy = await HeldCopy.MakeAsync(HoldCommand.Tests, assembly, Path.Combine(AppContext.BaseDirectory, "profilerweaver")).ConfigureAwait(false);
        }
        catch (InvalidOperationException e)
        {
            // Told by the validation that follows.
            trouble = e.Message;
            return;
        }
        foreach (var (variable, value) in copy.Variables(Whole))
            Set(variable, value);
        Set(TestMember.FolderVariable, FolderOfTests);

        void Set(string variable, string value) => environmentVariables.SetVariable(new Variable(variable, value, isSecret: false, isLocked: true));
    }

    public Task<ValidationResult> ValidateTestHostEnvironmentVariablesAsync(IReadOnlyEnvironmentVariables environmentVariables)
    {
        if (trouble is null)
            return ValidationResult.ValidTask;
        var message = $"--{ProfileOption.Name}: {trouble}";
        // Under dotnet test, nobody is shown why the environment is invalid.
        Console.Error.WriteLine(message);
        return ValidationResult.InvalidTask(message);
    }

    public Task BeforeTestHostProcessStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task OnTestHostProcessStartedAsync(ITestHostProcessInformation testHostProcessInformation, CancellationToken cancellation) => Task.CompletedTask;

    public Task OnTestHostProcessExitedAsync(ITestHostProcessInformation testHostProcessInformation, CancellationToken cancellation)
    {
        var tests = Directory.Exists(FolderOfTests)
            ? Directory.EnumerateFiles(FolderOfTests, "*.prof").Count(file => File.GetLastWriteTimeUtc(file) >= begun)
            : 0;
        Console.WriteLine($"ProfilerWeaver: the profile of all tests is {Whole}; {tests} of one test each are in {FolderOfTests}");
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        copy?.Dispose();
        copy = null;
    }

    string Folder => Path.GetFullPath(options.TryGetOptionArgumentList(ProfileOption.Name, out var arguments) && arguments is [var folder]
        ? folder
        : Path.Combine(configuration.GetTestResultDirectory(), "profiles"));

    string FolderOfTests => Path.Combine(Folder, Path.GetFileNameWithoutExtension(assembly));

    string Whole => FolderOfTests + ".prof";
}
