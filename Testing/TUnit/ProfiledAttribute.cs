using TUnit.Core;
using TUnit.Core.Interfaces;

namespace ProfilerWeaver;

/// <summary>Writes a profile of each test: <c>[Profiled]</c>. Hooks are not included.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProfiledAttribute : ProfiledTestAttribute, ITestRegisteredEventReceiver
{
    /// <inheritdoc/>
    public int Order => 0;

    /// <inheritdoc/>
    public ValueTask OnTestRegistered(TestRegisteredContext context) => MeasuredExecutor.UseFor(context);
}
