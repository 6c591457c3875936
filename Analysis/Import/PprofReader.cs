using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

/// <summary>pprof's <c>profile.proto</c>. Samples refer to locations, these to functions, and all of them to texts, in any order:
/// samples are read when the rest is known.</summary>
sealed class PprofReader : IProfileReader
{
    const int MostFieldsBefore = 16;
    const int NanosecondsPerTick = 100;

    /// <summary>Messages have no mark. But few other files begin with fields that there are, and tell soon what they count.</summary>
    public bool Recognizes(ReadOnlySpan<byte> beginning) =>
        !beginning.IsEmpty && beginning[0] >> 3 is > 0 and <= PprofField.Profile.DefaultSampleType
        && beginning.IndexOfAnyInRange((byte)0, (byte)8) >= 0 && HasSampleType(beginning.ToArray());

    // Apart: the library, which programs may not have, is loaded for nothing that is surely in another format.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static bool HasSampleType(byte[] beginning)
    {
        try
        {
            using var fields = new PprofFields(new ForeignFile("", beginning));
            for (var i = 0; i < MostFieldsBefore && fields.Next() && fields.Field <= PprofField.Profile.DefaultSampleType; i++)
            {
                if (fields.Field == PprofField.Profile.SampleType)
                {
                    Content.ReadType(fields);
                    return true;
                }
            }
        }
        catch (InvalidProfileException)
        {
            // Something else.
        }
        return false;
    }

    public ForeignContent Read(ForeignFile file)
    {
        var content = new Content(file);
        content.ReadAllButSamples();
        return content.ReadSamples();
    }

    sealed class Content(ForeignFile file)
    {
        readonly ImportedProfile profile = new(file);
        readonly List<string> texts = [];
        readonly List<(long Type, long Unit)> types = [];
        readonly List<PprofFunction> functions = [];
        readonly Dictionary<long, int> functionPlaces = [];
        readonly Dictionary<long, (int Start, int Count)> locations = [];
        readonly List<long> functionsOfLocations = [];
        long shown;
        long started;
        long duration;
        long firstMapping;

        public void ReadAllButSamples()
        {
            using var fields = new PprofFields(file);
            while (fields.Next())
            {
                switch (fields.Field)
                {
                    case PprofField.Profile.SampleType: types.Add(ReadType(fields)); break;
                    case PprofField.Profile.Mapping: ReadMapping(fields); break;
                    case PprofField.Profile.Location: ReadLocation(fields); break;
                    case PprofField.Profile.Function: ReadFunction(fields); break;
                    case PprofField.Profile.Strings: texts.Add(fields.Text()); break;
                    case PprofField.Profile.Time: started = fields.Number(); break;
                    case PprofField.Profile.Duration: duration = fields.Number(); break;
                    case PprofField.Profile.DefaultSampleType: shown = fields.Number(); break;
                }
            }
            if (types.Count == 0)
                throw file.Invalid(0, "it does not say what its samples count");
        }

        public static (long Type, long Unit) ReadType(PprofFields outer)
        {
            using var fields = outer.Message();
            var (type, unit) = (0L, 0L);
            while (fields.Next())
            {
                if (fields.Field == PprofField.ValueType.Type)
                    type = fields.Number();
                else if (fields.Field == PprofField.ValueType.Unit)
                    unit = fields.Number();
            }
            return (type, unit);
        }

        // The first one is the program.
        void ReadMapping(PprofFields outer)
        {
            using var fields = outer.Message();
            var path = 0L;
            while (fields.Next())
            {
                if (fields.Field == PprofField.Mapping.File)
                    path = fields.Number();
            }
            if (firstMapping == 0)
                firstMapping = path;
        }

        void ReadLocation(PprofFields outer)
        {
            using var fields = outer.Message();
            var (id, start) = (0L, functionsOfLocations.Count);
            while (fields.Next())
            {
                if (fields.Field == PprofField.Location.Id)
                    id = fields.Number();
                else if (fields.Field == PprofField.Location.Line)
                    functionsOfLocations.Add(ReadLine(fields));
            }
            locations[id] = (start, functionsOfLocations.Count - start);
        }

        static long ReadLine(PprofFields outer)
        {
            using var fields = outer.Message();
            var function = 0L;
            while (fields.Next())
            {
                if (fields.Field == PprofField.Line.Function)
                    function = fields.Number();
            }
            return function;
        }

        void ReadFunction(PprofFields outer)
        {
            using var fields = outer.Message();
            var function = new PprofFunction { Offset = outer.Offset, Method = -1 };
            var id = 0L;
            while (fields.Next())
            {
                switch (fields.Field)
                {
                    case PprofField.Function.Id: id = fields.Number(); break;
                    case PprofField.Function.Name: function.Name = fields.Number(); break;
                    case PprofField.Function.SystemName: function.SystemName = fields.Number(); break;
                    case PprofField.Function.File: function.Path = fields.Number(); break;
                    case PprofField.Function.StartLine: function.Line = fields.Number(); break;
                }
            }
            functionPlaces[id] = functions.Count;
            functions.Add(function);
        }

        public ForeignContent ReadSamples()
        {
            var metrics = new PprofMetrics([.. types.Select(type => (Text(type.Type, 0), Text(type.Unit, 0)))], Text(shown, 0));
            (profile.Unit, profile.SecondsPerTick) = (metrics.Unit, metrics.SecondsPerTick);
            profile.Clock = metrics.Clock;
            profile.Program = Text(firstMapping, 0);
            profile.StartedUtc = started is > 0 and < long.MaxValue ? DateTime.UnixEpoch.AddTicks(started / NanosecondsPerTick) : default;
            profile.Duration = TimeSpan.FromTicks(Math.Max(0, duration) / NanosecondsPerTick);
            using var fields = new PprofFields(file);
            while (fields.Next())
            {
                if (fields.Field == PprofField.Profile.Sample)
                    ReadSample(fields, metrics);
            }
            return profile.Build();
        }

        void ReadSample(PprofFields outer, PprofMetrics metrics)
        {
            using var fields = outer.Message();
            var stack = new List<long>();
            var values = new List<long>();
            var thread = "";
            var offset = outer.Offset;
            while (fields.Next())
            {
                switch (fields.Field)
                {
                    case PprofField.Sample.Locations: fields.Numbers(stack); break;
                    case PprofField.Sample.Values: fields.Numbers(values); break;
                    case PprofField.Sample.Label: thread = ThreadIn(fields) ?? thread; break;
                }
            }
            if (values.Count != types.Count)
                throw file.Invalid(offset, $"a sample has {values.Count} values, but there are {types.Count} kinds of them");
            var tree = profile.Thread(thread);
            var context = ImportedTree.Root;
            // From the outermost inwards; a location begins with what was compiled into the others.
            for (var i = stack.Count - 1; i >= 0; i--)
            {
                if (!locations.TryGetValue(stack[i], out var location))
                    throw file.Invalid(offset, $"a sample is at the location {stack[i]}, which there is not");
                for (var line = location.Count - 1; line >= 0; line--)
                {
                    file.CountFrame(offset);
                    context = tree.Below(context, MethodOf(functionsOfLocations[location.Start + line], offset), offset);
                }
                if (location.Count == 0)
                    context = tree.Below(context, profile.MethodOf("(unknown)", null, 0), offset);
            }
            tree.Add(context, metrics.FiguresOf(values));
        }

        string? ThreadIn(PprofFields outer)
        {
            using var fields = outer.Message();
            var (key, text) = (0L, 0L);
            while (fields.Next())
            {
                if (fields.Field == PprofField.Label.Key)
                    key = fields.Number();
                else if (fields.Field == PprofField.Label.Text)
                    text = fields.Number();
            }
            return Text(key, 0) == "thread" ? Text(text, 0) : null;
        }

        int MethodOf(long id, long offset)
        {
            if (!functionPlaces.TryGetValue(id, out var place))
                throw file.Invalid(offset, $"a location is in the function {id}, which there is not");
            var function = functions[place];
            if (function.Method < 0)
            {
                var name = Text(function.Name, function.Offset);
                function.Method = profile.MethodOf(name.Length == 0 ? Text(function.SystemName, function.Offset) : name,
                    Text(function.Path, function.Offset), function.Line);
                functions[place] = function;
            }
            return function.Method;
        }

        string Text(long index, long offset) => index >= 0 && index < texts.Count ? texts[(int)index]
            : index == 0 ? ""
            : throw file.Invalid(offset, $"there is no text {index}");
    }

    struct PprofFunction
    {
        public long Name;
        public long SystemName;
        public long Path;
        public long Line;
        public int Method;
        public long Offset;
    }
}
