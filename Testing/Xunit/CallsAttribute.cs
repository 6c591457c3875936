using System.Reflection;
using Xunit.v3;

namespace ProfilerWeaver;

/// <summary>Fails a test that does not make as many calls as it should: <c>[Calls("Repository.Load", Exactly = 1, Per =
/// "Api.GetOrder")]</c>. Constructor and disposal of the class are not included.</summary>
/// <inheritdoc/>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CallsAttribute(string method) : CallsRuleAttribute(method), IBeforeAfterTestAttribute
{
    readonly RunningTests running = new();

    /// <inheritdoc/>
    public void Before(MethodInfo methodUnderTest, IXunitTest test) => running.Begin(test);

    /// <inheritdoc/>
    public void After(MethodInfo methodUnderTest, IXunitTest test) => running.End(test, this);
}
