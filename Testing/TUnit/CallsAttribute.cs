using TUnit.Core;
using TUnit.Core.Interfaces;

namespace ProfilerWeaver;

/// <summary>Fails a test that does not make as many calls as it should: <c>[Calls("Repository.Load", Exactly = 1, Per =
/// "Api.GetOrder")]</c>. Hooks are not included.</summary>
/// <inheritdoc/>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CallsAttribute(string method) : CallsRuleAttribute(method), ITestRegisteredEventReceiver
{
    /// <inheritdoc/>
    public int Order => 0;

    /// <inheritdoc/>
    public ValueTask OnTestRegistered(TestRegisteredContext context) => MeasuredExecutor.UseFor(context);
}
