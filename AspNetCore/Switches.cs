using Microsoft.AspNetCore.Http;

namespace ProfilerWeaver;

/// <summary>Has the program record until it is told to stop, as <c>dotnet prof start</c> and <c>stop</c> do.</summary>
static class Switches
{
    /// <summary>Begins to record. If nobody stops it, the profile is written when the program ends.</summary>
    public static Task Start(HttpContext context)
    {
        if (AutomaticProfile.Settings is not { } settings)
            return Refuse(context, "No woven method has run yet.");
        if (AutomaticProfile.Current is not null)
            return Refuse(context, "The program is already recording; stop it first.");
        try
        {
            AutomaticProfile.StartLater(settings.With(clock: null, builtins: null, OutputPath.OfRunning));
        }
        catch (InvalidOperationException e)
        {
            return Refuse(context, e.Message);
        }
        return Answer.Text(context, StatusCodes.Status200OK, "The program is recording; POST stop answers with the profile.");
    }

    /// <summary>Stops recording, and answers with the profile.</summary>
    public static Task Stop(HttpContext context)
    {
        if (AutomaticProfile.Current is not { } current)
            return Refuse(context, "The program is not recording; POST start makes it record.");
        return Answer.Profile(context, WindowFormat.Prof, output => current.StopInto(profile => ProfFile.Write(profile, output)));
    }

    static Task Refuse(HttpContext context, string reason) => Answer.Text(context, StatusCodes.Status409Conflict, reason);
}
