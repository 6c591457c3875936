using System.Text;

namespace ProfilerWeaver;

/// <summary>
/// The one line on stderr that the recorder allows itself. Whatever goes wrong afterwards is a consequence, and the
/// program's output is not ours to fill.
/// </summary>
static class Complaint
{
    static int said;

    /// <summary>Says <paramref name="message"/>, unless something was said before.</summary>
    public static void Once(string message)
    {
        if (Interlocked.Exchange(ref said, 1) == 0)
            Say(message);
    }

    /// <summary>Says <paramref name="message"/>.</summary>
    public static void Say(string message)
    {
        try
        {
            var line = "ProfilerWeaver: " + Printable.Text(message) + Environment.NewLine;
            var bytes = Encoding.UTF8.GetBytes(line);
            StandardError.Write(bytes);
        }
        catch (Exception)
        {
            // A closed stderr is no reason to disturb the program.
        }
    }
}
