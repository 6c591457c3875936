using System.Globalization;

namespace ProfilerWeaver;

/// <summary>What a test expects of all that was measured.</summary>
public sealed class ProfileExpectation
{
    readonly GatedProfile profile;

    internal ProfileExpectation(GatedProfile profile) => this.profile = profile;

    /// <summary>Expects that each method is called no more often than this.</summary>
    /// <param name="calls">The most calls.</param>
    /// <param name="methods">Of which methods, as a pattern: <c>Shop.*</c>; by default of all that are woven.</param>
    /// <exception cref="CallExpectationException">A method is called more often.</exception>
    public void NoMethodCalledMoreThan(long calls, string methods = "*")
    {
        var pattern = new NamePattern(methods);
        try
        {
            WovenCode.MustHaveRun(profile);
        }
        catch (UnknownMethodException e)
        {
            throw new CallExpectationException($"Expected no method to be called more than {CallText.Number(calls)} times. {e.Message}");
        }
        var tooMany = profile.Calls.Names.Where(pattern.Matches).Where(name => profile.Calls.CallsOf(name) > calls)
            .OrderByDescending(profile.Calls.CallsOf).ThenBy(name => name, StringComparer.Ordinal).ToArray();
        if (tooMany.Length == 0)
            return;
        var lines = tooMany.Take(3).SelectMany(name => CallTreeText.Of(profile, new HashSet<string> { name }, null));
        throw new CallExpectationException(string.Join(Environment.NewLine, lines.Select(line => "  " + line).Prepend(
            string.Create(CultureInfo.InvariantCulture, $"{(tooMany.Length == 1 ? "1 method was" : $"{tooMany.Length} methods were")} called more ") +
            $"than {CallText.Number(calls)} times: {CallText.Names(tooMany)}.")));
    }
}
