using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal.Commands;

namespace ProfilerWeaver;

/// <summary>Writes a profile of each test: <c>[Profiled]</c>. Set-up and tear-down are not included.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProfiledAttribute : ProfiledTestAttribute, IWrapTestMethod
{
    /// <inheritdoc/>
    public TestCommand Wrap(TestCommand command) => new MeasuredCommand(command, this);
}
