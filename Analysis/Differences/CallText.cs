using System.Globalization;

namespace ProfilerWeaver;

/// <summary>Calls in words, on one line.</summary>
static class CallText
{
    /// <summary>A cause: <c>Repository.Load: 1 → 15 per Api.GetOrder (50 → 750 calls)</c>.</summary>
    public static string Of(CallChange cause)
    {
        var mark = cause.IsStable ? "" : "~ ";
        var calls = $"{Number(cause.Before)} → {Calls(cause.After)}";
        var method = Printable.Text(cause.Method);
        return cause.Caller is null
            ? $"{mark}{method}: {calls} from outside"
            : $"{mark}{method}: {cause.RatioBefore} → {cause.RatioAfter} per {Printable.Text(cause.Caller)} ({calls})";
    }

    /// <summary>Calls that moved.</summary>
    public static string Of(MovedCalls move) =>
        $"{Printable.Text(move.Method)} is called by {Caller(move.To)} instead of {Caller(move.From)} ({Calls(move.Calls)})";

    /// <summary>What changed because of a cause; null: nothing.</summary>
    public static string? FollowersOf(CallChange cause)
    {
        if (cause.Followers.Count == 0)
            return null;
        var names = cause.Followers.OrderByDescending(follower => Math.Abs(follower.Value.After - follower.Value.Before))
            .ThenBy(follower => follower.Key, StringComparer.Ordinal).Select(follower => follower.Key);
        var how = cause.Before == 0 ? "came with it" : cause.After == 0 ? "went with it" : "followed in the same ratio";
        return $"{Methods(cause.Followers.Count)} below it {how}: {Names([.. names])}";
    }

    /// <summary>The first names of a list, and how many there are besides.</summary>
    public static string Names(IReadOnlyCollection<string> names)
    {
        const int Most = 3;
        var more = names.Count > Most ? $" and {Number(names.Count - Most)} more" : "";
        return string.Join(", ", names.Take(Most).Select(Printable.Text)) + more;
    }

    public static string Methods(int count) => count == 1 ? "1 method" : $"{Number(count)} methods";

    public static string Calls(long count) => count == 1 ? "1 call" : $"{Number(count)} calls";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Caller(string? name) => name is null ? "nobody that is recorded" : Printable.Text(name);
}
