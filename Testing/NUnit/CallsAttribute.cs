using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal.Commands;

namespace ProfilerWeaver;

/// <summary>Fails a test that does not make as many calls as it should: <c>[Calls("Repository.Load", Exactly = 1, Per =
/// "Api.GetOrder")]</c>. Set-up and tear-down are not included.</summary>
/// <inheritdoc/>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CallsAttribute(string method) : CallsRuleAttribute(method), IWrapTestMethod
{
    /// <inheritdoc/>
    public TestCommand Wrap(TestCommand command) => new MeasuredCommand(command, this);
}
