using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.CommandLine;

namespace ProfilerWeaver.TestingPlatform;

/// <summary><c>--profile [DIR]</c></summary>
sealed class ProfileOption : Extension, ICommandLineOptionsProvider
{
    public const string Name = "profile";

    public IReadOnlyCollection<CommandLineOption> GetCommandLineOptions() =>
    [
        new(Name, "Weave a copy of the test project, run the tests there, and write a .prof file of each test and one of all to a folder " +
            "(default: 'profiles' in the results directory).", ArgumentArity.ZeroOrOne, isHidden: false),
    ];

    public Task<ValidationResult> ValidateOptionArgumentsAsync(CommandLineOption commandOption, string[] arguments) => ValidationResult.ValidTask;

    public Task<ValidationResult> ValidateCommandLineOptionsAsync(ICommandLineOptions commandLineOptions) => ValidationResult.ValidTask;
}
