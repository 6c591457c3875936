namespace ProfilerWeaver;

/// <summary>speedscope's own format: frames that all profiles share, and profiles of events or of samples, each of a thread.</summary>
sealed class SpeedscopeReader : IProfileReader
{
    public bool Recognizes(ReadOnlySpan<byte> beginning) => JsonCursor.IsObjectWith(beginning, "$schema", "profiles", "shared");

    public ForeignContent Read(ForeignFile file)
    {
        var content = new Content(file);
        JsonCursor.Read(file, content.Read);
        return content.Build();
    }

    sealed class Content(ForeignFile file)
    {
        readonly ImportedProfile result = new(file);
        readonly List<int> methods = [];
        readonly List<SpeedscopeProfile> profiles = [];

        public void Read(ref JsonCursor json)
        {
            json.BeginObject();
            while (json.NextProperty(out var name))
            {
                switch (name)
                {
                    case "name": result.Program = json.TextOrNull() ?? ""; break;
                    case "shared": ReadShared(ref json); break;
                    case "profiles":
                        for (json.BeginArray(); json.NextItem();)
                            profiles.Add(SpeedscopeProfile.Read(ref json));
                        break;
                    default: json.Skip(); break;
                }
            }
        }

        void ReadShared(ref JsonCursor json)
        {
            json.BeginObject();
            while (json.NextProperty(out var name))
            {
                if (name != "frames")
                {
                    json.Skip();
                    continue;
                }
                for (json.BeginArray(); json.NextItem();)
                    ReadFrame(ref json);
            }
        }

        void ReadFrame(ref JsonCursor json)
        {
            string? function = null, path = null;
            var line = 0L;
            var offset = json.Offset;
            json.BeginObject();
            while (json.NextProperty(out var name))
            {
                switch (name)
                {
                    case "name": function = json.Text(); break;
                    case "file": path = json.TextOrNull(); break;
                    case "line": line = json.NumberOrNull(); break;
                    default: json.Skip(); break;
                }
            }
            methods.Add(result.MethodOf(function ?? throw file.Invalid(offset, "a frame has no name"), path, line));
        }

        // Times and bytes cannot be added: what counts something else than the first profile is left out.
        public ForeignContent Build()
        {
            var main = profiles.Find(profile => profile.IsTime);
            if (main is not null)
                (result.Unit, result.SecondsPerTick) = main.UnitOfTicks;
            else
                result.Unit = ClockUnit.None;
            foreach (var profile in profiles)
            {
                if (!profile.IsTime || profile.UnitOfTicks == main!.UnitOfTicks)
                    profile.AddTo(result.Thread(profile.ThreadName), methods, file);
            }
            return result.Build();
        }
    }
}
