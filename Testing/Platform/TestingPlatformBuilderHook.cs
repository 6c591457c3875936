using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Services;

namespace ProfilerWeaver.TestingPlatform;

/// <summary>Registers <c>--profile</c>. The generated <c>Main</c> of a test project calls it.</summary>
public static class TestingPlatformBuilderHook
{
    /// <summary>Adds the option and what it does to a test application.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="arguments">Its arguments; they are read later.</param>
    public static void AddExtensions(ITestApplicationBuilder builder, string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.CommandLine.AddProvider(() => new ProfileOption());
        var host = new CompositeExtensionFactory<WovenTestHost>(services => new(services.GetCommandLineOptions(), services.GetConfiguration()));
        builder.TestHostControllers.AddEnvironmentVariableProvider(host);
        builder.TestHostControllers.AddProcessLifetimeHandler(host);
    }
}
