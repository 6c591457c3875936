namespace ProfilerWeaver;

/// <summary>Writes a profile of a test, whether it fails or not; its set-up is not included.</summary>
public abstract class ProfiledTestAttribute : MeasuredTestAttribute
{
    private protected ProfiledTestAttribute()
    {
    }

    /// <summary>The folder for the profiles, from the current one; it is made if it is missing. Default: <c>profiles</c>.</summary>
    public string Folder { get; set; } = "profiles";

    internal override void Finish(ProfileData measured, string test, bool hasFailed)
    {
        try
        {
            TestProfile.Write(measured, test, Folder);
        }
        catch (EmptyProfileException)
        {
            Console.Error.WriteLine($"ProfilerWeaver: {Printable.Text(test)} has no profile: it called nothing that is woven.");
        }
    }
}
