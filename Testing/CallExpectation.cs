using System.Globalization;
using System.Linq.Expressions;

namespace ProfilerWeaver;

/// <summary>What a test expects of the calls of a method. Each of <see cref="Exactly"/>, <see cref="AtMost"/>, <see cref="AtLeast"/> and
/// <see cref="Never"/> is an assert.</summary>
public sealed class CallExpectation
{
    readonly GatedProfile profile;
    readonly MethodChoice method;
    readonly MethodChoice? per;

    internal CallExpectation(GatedProfile profile, MethodChoice method, MethodChoice? per = null)
    {
        this.profile = profile;
        this.method = method;
        this.per = per;
    }

    /// <summary>Counts only the calls by another method and by what that calls, and expects a number of them for each of its
    /// calls.</summary>
    /// <param name="caller">The name of the other method, as <see cref="ProfileExpectations.Expect(ProfileData, string)"/> has it.</param>
    public CallExpectation Per(string caller) => new(profile, method, MethodChoice.Named(caller));

    /// <inheritdoc cref="Per(string)"/>
    /// <param name="caller">The other method: <c>Per(api.GetOrder)</c>.</param>
    public CallExpectation Per(Delegate caller) => new(profile, method, MethodChoice.Of(caller));

    /// <inheritdoc cref="Per(string)"/>
    /// <param name="caller">A call of the other method, which is not made: <c>Per(() => api.GetOrder(0))</c>.</param>
    public CallExpectation Per(Expression<Action> caller) => new(profile, method, MethodChoice.Of(caller));

    /// <summary>Counts only what is called in scopes, and expects a number of calls for each of them.</summary>
    /// <param name="label">The label of the scopes (<see cref="Profile.Scope"/>).</param>
    public CallExpectation PerScope(string label) => new(profile, method, MethodChoice.OfScope(label));

    /// <summary>Expects so many calls.</summary>
    /// <exception cref="CallExpectationException">There are more, or fewer; or there is no such method.</exception>
    public void Exactly(long calls) => Check(calls, "exactly", (actual, expected) => actual == expected, allowsNone: calls == 0);

    /// <summary>Expects no more calls.</summary>
    /// <exception cref="CallExpectationException">There are more.</exception>
    public void AtMost(long calls) => Check(calls, "at most", (actual, expected) => actual <= expected, allowsNone: true);

    /// <summary>Expects no fewer calls.</summary>
    /// <exception cref="CallExpectationException">There are fewer; or there is no such method.</exception>
    public void AtLeast(long calls) => Check(calls, "at least", (actual, expected) => actual >= expected, allowsNone: false);

    /// <summary>Expects no calls.</summary>
    /// <exception cref="CallExpectationException">There are some.</exception>
    public void Never() => Check(0, "no calls", (actual, _) => actual == 0, allowsNone: true);

    void Check(long calls, string how, Func<Int128, Int128, bool> holds, bool allowsNone)
    {
        var expected = how == "no calls" ? how : $"{how} {calls.ToString("N0", CultureInfo.InvariantCulture)}";
        try
        {
            var callers = per?.Find(profile);
            var methods = allowsNone ? method.FindOrNone(profile) : method.Find(profile);
            var (actual, times) = callers is null ? (profile.CallsOf(methods), 1) : profile.CallsBelow(methods, callers);
            if (!holds(actual, (Int128)calls * times))
                throw new CallExpectationException(Text(actual, times, expected, methods, callers));
            WovenCode.MustHaveRun(profile);
        }
        catch (UnknownMethodException e)
        {
            throw new CallExpectationException(Joined($"Expected {expected} of {this}. {e.Message}", "Called instead:",
                CallTreeText.Of(profile, new HashSet<string>(), null)));
        }
    }

    string Text(long actual, long times, string expected, IReadOnlySet<string> methods, IReadOnlySet<string>? callers)
    {
        var where = per is null ? "" : $" in {Times(times, "call")} of {per}, {CallRatio.Text(actual, times)} per call";
        return Joined($"{method} was called {Times(actual)}{where}; expected {expected}.", actual == 0 ? "Called instead:" : "By whom:", CallTreeText.Of(profile, methods, callers));
    }

    static string Joined(string first, string title, IReadOnlyList<string> tree) =>
        string.Join(Environment.NewLine, [Printable.Text(first), .. tree.Count == 0 ? [] : tree.Select(line => "  " + line).Prepend(title)]);

    static string Times(long count, string noun = "time") =>
        count == 1 ? $"1 {noun}" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} {noun}s";

    /// <summary>The method, and for each call of which other it is expected.</summary>
    public override string ToString() => per is null ? $"{method}" : $"{method} per {per}";
}
