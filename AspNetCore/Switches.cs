using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ProfilerWeaver;

/// <summary>Has the program record until it is told to stop, as <c>dotnet prof start</c> and <c>stop</c> do.</summary>
static class Switches
{
    /// <summary>Begins to record. If nobody stops it, the profile is written when the program ends.</summary>
    public static Task Start(HttpContext context)
    {
        if (AutomaticProfile.Settings is not { } settings)
            return Refuse(context, "Nothing woven has run yet.");
        if (AutomaticProfile.Current is not null)
            return Refuse(context, "It is recording already: stop it first.");
        // It would end them.
        if (context.RequestServices.GetRequiredService<Turns>().IsBusy)
            return Refuse(context, "A measurement is going on: try again when it is over.");
        try
        {
            AutomaticProfile.StartLater(settings.With(clock: null, builtins: null, OutputPath.OfRunning));
        }
        catch (InvalidOperationException e)
        {
            return Refuse(context, e.Message);
        }
        return Answer.Text(context, StatusCodes.Status200OK, "It records; stop answers with the profile.");
    }

    /// <summary>Stops recording, and answers with the profile.</summary>
    public static Task Stop(HttpContext context)
    {
        if (AutomaticProfile.Current is not { } current)
            return Refuse(context, "It is not recording: start has it record.");
        return Answer.Profile(context, WindowFormat.Prof, output => current.StopInto(profile => ProfFile.Write(profile, output)));
    }

    static Task Refuse(HttpContext context, string reason) => Answer.Text(context, StatusCodes.Status409Conflict, reason);
}
