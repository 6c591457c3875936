using System.Reflection;
using Xunit.v3;

namespace ProfilerWeaver;

/// <summary>Writes a profile of each test: <c>[Profiled]</c>. Constructor and disposal of the class are not included.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProfiledAttribute : ProfiledTestAttribute, IBeforeAfterTestAttribute
{
    readonly RunningTests running = new();

    /// <inheritdoc/>
    public void Before(MethodInfo methodUnderTest, IXunitTest test) => running.Begin(test);

    /// <inheritdoc/>
    public void After(MethodInfo methodUnderTest, IXunitTest test) => running.End(test, this);
}
