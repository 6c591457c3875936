namespace ProfilerWeaver;

/// <summary>What became of a profile that was sent.</summary>
enum Outcome
{
    /// <summary>It has arrived.</summary>
    Arrived,

    /// <summary>It will never be taken.</summary>
    Refused,

    /// <summary>It may be taken later.</summary>
    Later,

    /// <summary>Nothing is taken, until somebody changes something here or there.</summary>
    Closed,
}

/// <summary>What a destination says to a profile.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Text">Why, as a sentence without its end.</param>
/// <param name="RetryAfter">How long the server wants to be left alone; null: it does not say.</param>
sealed record PushAnswer(Outcome Outcome, string Text = "", TimeSpan? RetryAfter = null);
