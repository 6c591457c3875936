namespace ProfilerWeaver;

/// <summary>What became of profiles that were pushed.</summary>
/// <param name="Arrived">How many have arrived, with those that had been waiting.</param>
/// <param name="Waiting">How many wait in the spool.</param>
/// <param name="Refused">How many the server does not take, whatever happens.</param>
/// <param name="LeftOut">How many files are no profiles that could be sent.</param>
/// <param name="Dropped">How many were dropped, because too many were waiting.</param>
public sealed record PushSummary(int Arrived, int Waiting, int Refused, int LeftOut, int Dropped)
{
    /// <summary>Whether all have arrived.</summary>
    public bool IsComplete => Waiting + Refused + LeftOut + Dropped == 0;
}
