using System.Reflection;
using Microsoft.Testing.Platform.Extensions;

namespace ProfilerWeaver.TestingPlatform;

/// <summary>What each part of the extension says of itself.</summary>
abstract class Extension : IExtension
{
    public string Uid => GetType().FullName!;

    public string Version => GetType().Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public string DisplayName => "ProfilerWeaver";

    public string Description => "Writes a profile of each test, and one of all.";

    public virtual Task<bool> IsEnabledAsync() => Task.FromResult(true);
}
