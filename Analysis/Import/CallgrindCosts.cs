using System.Globalization;

namespace ProfilerWeaver;

/// <summary>Adds up what the lines of a file of Callgrind say: the first event that it counts.</summary>
sealed class CallgrindCosts(ForeignFile file)
{
    const string Unknown = "???";
    const string OurCreator = "ProfilerWeaver";
    // What calls the methods that no other one calls.
    const string Outside = "(outside)";

    // By the kind of name: functions, files and objects are numbered each for themselves.
    readonly Dictionary<(char Kind, string Number), string> names = [];
    readonly Dictionary<(string File, string Name), Function> functions = [];
    readonly List<Function> inOrder = [];
    readonly Dictionary<(Function, Function), Edge> edges = [];
    readonly List<Edge> edgesInOrder = [];
    long[] positions = [0];
    bool hasLine = true;
    bool isOurs;
    string unit = "";
    string path = Unknown;
    string? calleePath;
    Function? current;
    Function? callee;
    Edge? called;

    public void ReadLine(string line, int offset)
    {
        if (line.Length == 0 || line[0] == '#')
            return;
        if (char.IsAsciiDigit(line[0]) || line[0] is '+' or '-' or '*')
            ReadCost(line, offset);
        else if (line.IndexOf('=') is > 0 and var equals && !line.AsSpan(0, equals).Contains(':'))
            ReadName(line[..equals], line[(equals + 1)..], offset);
        else if (line.IndexOf(':') is > 0 and var colon)
            ReadHeader(line[..colon], line[(colon + 1)..].Trim(), offset);
        else
            throw file.Invalid(offset, "a line is neither a cost nor a name");
    }

    void ReadHeader(string key, string value, int offset)
    {
        switch (key)
        {
            case "creator":
                isOurs = value == OurCreator;
                break;
            case "positions":
                var columns = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (columns.Length is 0 or > 2)
                    throw file.Invalid(offset, "expected one or two positions");
                positions = new long[columns.Length];
                hasLine = columns[^1] == "line";
                break;
            case "events":
                unit = value.Split(' ')[0];
                break;
        }
    }

    void ReadName(string key, string value, int offset)
    {
        switch (key)
        {
            case "fl" or "fi" or "fe":
                path = NameOf('l', value, offset);
                break;
            case "fn":
                current = FunctionOf(path, NameOf('n', value, offset));
                break;
            case "cfi" or "cfl":
                calleePath = NameOf('l', value, offset);
                break;
            case "cfn":
                callee = FunctionOf(calleePath ?? path, NameOf('n', value, offset));
                calleePath = null;
                break;
            case "ob" or "cob":
                NameOf('o', value, offset);
                break;
            case "calls":
                ReadCalls(value, offset);
                break;
            case "jump" or "jcnd":
                break;
            default:
                throw file.Invalid(offset, $"there is nothing that is called '{Printable.Text(key)}'");
        }
    }

    // A name comes with a number where it is met first, and as a number after that.
    string NameOf(char kind, string text, int offset)
    {
        if (text.Length < 3 || text[0] != '(' || text.IndexOf(')') is var close && (close < 2 || text.AsSpan(1, close - 1).ContainsAnyExceptInRange('0', '9')))
            return text;
        var number = text[1..close];
        var name = text[(close + 1)..].TrimStart(' ');
        if (name.Length > 0)
            return names[(kind, number)] = name;
        return names.TryGetValue((kind, number), out var known) ? known : throw file.Invalid(offset, $"there is no name ({number}) so far");
    }

    Function FunctionOf(string file, string name)
    {
        if (!functions.TryGetValue((file, name), out var function))
        {
            functions[(file, name)] = function = new(file, name);
            inOrder.Add(function);
        }
        return function;
    }

    void ReadCalls(string value, int offset)
    {
        var space = value.IndexOf(' ');
        var count = Number(space < 0 ? value : value[..space], offset);
        if (current is null || callee is null)
            throw file.Invalid(offset, "calls without their caller or callee");
        if (!edges.TryGetValue((current, callee), out called))
        {
            edges[(current, callee)] = called = new(current, callee);
            edgesInOrder.Add(called);
        }
        called.Calls += count;
        callee.Calls += count;
    }

    // The positions, of which each may refer to the one before, and the number of each event; those at the end may be missing.
    void ReadCost(string line, int offset)
    {
        var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (current is null)
            throw file.Invalid(offset, "a cost of no function");
        for (var i = 0; i < positions.Length && i < cells.Length; i++)
        {
            positions[i] = cells[i] switch
            {
                "*" => positions[i],
                ['+', .. var more] => unchecked(positions[i] + Number(more, offset)),
                ['-', .. var less] => unchecked(positions[i] - Number(less, offset)),
                var position => Number(position, offset),
            };
        }
        var cost = cells.Length > positions.Length ? Number(cells[positions.Length], offset) : 0;
        if (called is not null)
        {
            called.Inclusive = unchecked(called.Inclusive + cost);
            called = null;
            return;
        }
        current.Line ??= hasLine ? positions[^1] : 0;
        current.Own = unchecked(current.Own + cost);
    }

    long Number(string text, int offset)
    {
        var isHexadecimal = text.StartsWith("0x", StringComparison.Ordinal);
        return long.TryParse(isHexadecimal ? text.AsSpan(2) : text, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture, out var number)
            ? number
            : throw file.Invalid(offset, $"'{Printable.Text(text)}' is not a number");
    }

    /// <summary>The table.</summary>
    public IReadOnlyList<MethodStats> Rows()
    {
        var seconds = SecondsPerCost();
        var callers = edgesInOrder.ToLookup(edge => edge.Callee);
        var callees = edgesInOrder.ToLookup(edge => edge.Caller);
        var rows = new List<MethodStats>();
        foreach (var function in inOrder.Where(function => !IsOutside(function)))
        {
            // Of what calls itself by way of others this is more than the truth: the format does not tell.
            var below = callees[function].Where(edge => edge.Callee != function).Sum(edge => (double)edge.Inclusive);
            var figures = new Figures(function.Calls, function.Calls, function.Own * seconds, (function.Own + below) * seconds);
            rows.Add(new(LabelOf(function), figures,
            [
                .. callers[function].Where(edge => !IsOutside(edge.Caller)).Select(edge => KeyValuePair.Create(LabelOf(edge.Caller),
                    new Figures(edge.Calls, edge.Calls, 0, edge.Inclusive * seconds))),
            ]));
        }
        return rows;
    }

    /// <summary>What the costs are.</summary>
    public ClockUnit Unit => unit switch
    {
        "nanoseconds" or "ns" or "us" or "ms" => ClockUnit.Seconds,
        "bytes" => ClockUnit.Bytes,
        "calls" when isOurs => ClockUnit.None,
        _ => ClockUnit.Samples,
    };

    double SecondsPerCost() => (Unit, unit) switch
    {
        (ClockUnit.None, _) => 0,
        (_, "nanoseconds" or "ns") => 1e-9,
        (_, "us") => 1e-6,
        (_, "ms") => 1e-3,
        _ => 1,
    };

    bool IsOutside(Function function) => isOurs && function.Name == Outside;

    MethodLabel LabelOf(Function function)
    {
        var line = function.Line ?? 0;
        var name = function.Name;
        // Methods of one name and file were told apart by their lines.
        if (isOurs && name.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{line}"), StringComparison.Ordinal))
            name = name[..name.LastIndexOf(':')];
        return ImportedProfile.LabelOf(name, function.File == Unknown ? null : function.File, line);
    }

    sealed class Function(string file, string name)
    {
        public string File => file;

        public string Name => name;

        public long? Line { get; set; }

        public long Own { get; set; }

        public long Calls { get; set; }
    }

    sealed class Edge(Function caller, Function callee)
    {
        public Function Caller => caller;

        public Function Callee => callee;

        public long Calls { get; set; }

        public long Inclusive { get; set; }
    }
}
