using System.Globalization;

namespace ProfilerWeaver;

/// <summary>A small tree of calls: who called the methods in question, or, if nobody did, what was called instead.</summary>
static class CallTreeText
{
    const int MostLines = 12;
    const int MostCallees = 5;
    const int MostDepth = 40;

    /// <summary>The lines of the tree.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="methods">The methods in question.</param>
    /// <param name="callers">Below which others they are of interest; null: anywhere.</param>
    public static IReadOnlyList<string> Of(GatedProfile profile, IReadOnlySet<string> methods, IReadOnlySet<string>? callers)
    {
        if (profile.Tree is not { } tree)
            return OfCallers(profile, methods);
        var lines = new List<string>();
        var found = OnTheWay(tree, methods, callers);
        var isInstead = found.Count == 0;
        foreach (var (context, depth) in isInstead ? Instead(tree, callers) : found)
        {
            if (lines.Count == MostLines)
            {
                lines.Add("...");
                break;
            }
            var mark = methods.Contains(tree.LabelOf(context).Name) ? "  <--" : "";
            lines.Add($"{new string(' ', 2 * Math.Min(depth, MostDepth))}{Times(tree.FiguresOf(context).Calls)} " +
                Printable.Text(tree.LabelOf(context).Name) + mark);
        }
        return lines;
    }

    /// <summary>The contexts that lead to the methods, in preorder, with their depths.</summary>
    static List<(int Context, int Depth)> OnTheWay(ContextTree tree, IReadOnlySet<string> methods, IReadOnlySet<string>? callers)
    {
        var result = new List<(int, int)>();
        var path = new List<(int Context, bool IsShown)>();
        var pending = new Stack<(int Context, int Depth, int Begin)>();
        Push(ContextTree.None, 0, callers is null ? 0 : -1);
        while (pending.TryPop(out var at))
        {
            path.RemoveRange(at.Depth, path.Count - at.Depth);
            path.Add((at.Context, false));
            var name = tree.LabelOf(at.Context).Name;
            // Where the tree begins: at the outermost of the callers.
            var begin = at.Begin < 0 && callers!.Contains(name) ? at.Depth : at.Begin;
            var isBelow = callers is null || (begin >= 0 && begin < at.Depth);
            if (methods.Contains(name) && isBelow)
            {
                for (var i = begin; i < path.Count; i++)
                {
                    if (!path[i].IsShown)
                        result.Add((path[i].Context, i - begin));
                    path[i] = (path[i].Context, true);
                }
                if (result.Count > MostLines)
                    break;
            }
            Push(at.Context, at.Depth + 1, begin);
        }
        return result;

        void Push(int caller, int depth, int begin)
        {
            foreach (var callee in Enumerable.Reverse(CalleesOf(tree, caller)))
                pending.Push((callee, depth, begin));
        }
    }

    /// <summary>What the callers called, the most first; without callers, the beginning of the tree.</summary>
    static IEnumerable<(int Context, int Depth)> Instead(ContextTree tree, IReadOnlySet<string>? callers)
    {
        var roots = callers is null ? CalleesOf(tree, ContextTree.None) : Outermost(tree, callers);
        foreach (var root in MostCalled(roots))
        {
            yield return (root, 0);
            foreach (var callee in MostCalled(CalleesOf(tree, root)))
            {
                yield return (callee, 1);
                foreach (var next in MostCalled(CalleesOf(tree, callee)))
                    yield return (next, 2);
            }
        }

        IEnumerable<int> MostCalled(IEnumerable<int> contexts) =>
            contexts.OrderByDescending(context => tree.FiguresOf(context).Calls).Take(MostCallees);
    }

    static List<int> Outermost(ContextTree tree, IReadOnlySet<string> methods)
    {
        var result = new List<int>();
        var pending = new Stack<int>([ContextTree.None]);
        while (pending.TryPop(out var caller))
        {
            foreach (var callee in CalleesOf(tree, caller))
            {
                if (methods.Contains(tree.LabelOf(callee).Name))
                    result.Add(callee);
                else
                    pending.Push(callee);
            }
        }
        return result;
    }

    static List<int> CalleesOf(ContextTree tree, int caller)
    {
        var callees = new List<int>();
        for (var callee = tree.FirstCallee(caller); callee != ContextTree.None; callee = tree.NextSibling(callee))
            callees.Add(callee);
        return callees;
    }

    static List<string> OfCallers(GatedProfile profile, IReadOnlySet<string> methods) =>
    [
        .. methods.SelectMany(profile.Calls.CallersOf).OrderByDescending(caller => caller.Value).Take(MostLines)
            .Select(caller => $"{Times(caller.Value)} by {Printable.Text(caller.Key)}"),
    ];

    static string Times(long calls) => calls.ToString("N0", CultureInfo.InvariantCulture) + "×";
}
