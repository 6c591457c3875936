using System.Globalization;
using System.Text;

namespace ProfilerWeaver.Tests.Support;

/// <summary>The trees of a profile as text that a test can state in full, times in ticks: a context a line, as
/// <c>name calls+resumes own/total</c>, and for async methods <c>elapsed waiting</c> and <c>open</c>;
/// <c>slowest</c>, if it is asked for.</summary>
static class ContextText
{
    /// <summary>The threads in their order, with a line between them. What <paramref name="prefix"/> all names begin with is left
    /// out, and so are external methods: what those call, and their time, is their callers'.</summary>
    public static string Of(ProfileData profile, string prefix, bool showsSlowest = false)
    {
        var threads = new List<string>();
        foreach (var thread in profile.Threads)
        {
            var text = new StringBuilder();
            Append(text, profile, thread.Root, "", prefix, showsSlowest);
            threads.Add(text.ToString());
        }
        return string.Join("---\n", threads.Where(text => text.Length > 0));
    }

    static void Append(StringBuilder text, ProfileData profile, CallNode parent, string indent, string prefix, bool showsSlowest)
    {
        foreach (var node in parent.Children)
        {
            var label = profile.Methods[node.Method];
            if (label.IsExternal)
            {
                Append(text, profile, node, indent, prefix, showsSlowest);
                continue;
            }
            text.Append(indent).Append(label.Name.Replace(prefix, "", StringComparison.Ordinal));
            text.Append(CultureInfo.InvariantCulture, $" {node.Calls}");
            if (node.Resumes > 0)
                text.Append(CultureInfo.InvariantCulture, $"+{node.Resumes}");
            text.Append(CultureInfo.InvariantCulture, $" {node.SelfTicks + ExternalTicks(profile, node)}/{node.CumulativeTicks}");
            if (node.ElapsedTicks != 0)
                text.Append(CultureInfo.InvariantCulture, $" elapsed {node.ElapsedTicks}");
            if (node.WaitingTicks != 0)
                text.Append(CultureInfo.InvariantCulture, $" waiting {node.WaitingTicks}");
            if (node.OpenCalls > 0)
                text.Append(CultureInfo.InvariantCulture, $" open {node.OpenCalls}");
            if (showsSlowest && node.SlowestTicks > 0)
                text.Append(CultureInfo.InvariantCulture, $" slowest {node.SlowestTicks}");
            text.Append('\n');
            Append(text, profile, node, indent + "  ", prefix, showsSlowest);
        }
    }

    static long ExternalTicks(ProfileData profile, CallNode node) => node.Children.Where(child => profile.Methods[child.Method].IsExternal)
        .Sum(child => child.SelfTicks + ExternalTicks(profile, child));
}
