namespace ProfilerWeaver;

/// <summary>The tables of an OpenTelemetry message that its profiles refer to by number. The first entry of each stands for none.
/// </summary>
sealed class OtlpDictionary : IDisposable
{
    const int OnlyMapping = 1;

    readonly NumberedTexts strings = new();
    readonly Dictionary<MethodLabel, int> locations = [];
    readonly Dictionary<(int Outer, int Location), int> stacks = [];
    readonly Dictionary<(string Key, string Value), int> attributes = [];
    readonly ProtobufMessage message = new();
    readonly ProtobufMessage part = new();
    readonly ProtobufMessage inner = new();

    /// <param name="program">What was profiled.</param>
    public OtlpDictionary(string program)
    {
        strings.Of("");
        foreach (var table in new[] { OtlpField.Dictionary.Mapping, OtlpField.Dictionary.Location, OtlpField.Dictionary.Function,
            OtlpField.Dictionary.Link, OtlpField.Dictionary.Attribute, OtlpField.Dictionary.Stack })
        {
            message.Message(table, part);
        }
        message.Message(OtlpField.Dictionary.Mapping, part.Number(OtlpField.Mapping.File, TextOf(program)));
    }

    /// <summary>The number of a text.</summary>
    public int TextOf(string text) => strings.Of(Printable.Text(text));

    /// <summary>The number of a method: of its function, and of the only location in it.</summary>
    public int LocationOf(MethodLabel label)
    {
        if (locations.TryGetValue(label, out var known))
            return known;
        var number = locations[label] = locations.Count + 1;
        message.Message(OtlpField.Dictionary.Function, part.Number(OtlpField.Function.Name, strings.Of(ExportedProfile.NameOf(label)))
            .Number(OtlpField.Function.File, strings.Of(ExportedProfile.FileOf(label) ?? ""))
            .Number(OtlpField.Function.StartLine, label.Line));
        message.Message(OtlpField.Dictionary.Location, part.Number(OtlpField.Location.Mapping, OnlyMapping)
            .Message(OtlpField.Location.Line, inner.Number(OtlpField.Line.Function, number).Number(OtlpField.Line.Number, label.Line)));
        return number;
    }

    /// <summary>The number of a stack.</summary>
    /// <param name="outer">That of the stack without its innermost method; 0: there is no other.</param>
    /// <param name="path">Its locations from the innermost outwards.</param>
    public int StackOf(int outer, Stack<long> path)
    {
        var key = (outer, (int)path.Peek());
        if (stacks.TryGetValue(key, out var known))
            return known;
        message.Message(OtlpField.Dictionary.Stack, part.Packed(OtlpField.Stack.Locations, path));
        return stacks[key] = stacks.Count + 1;
    }

    /// <summary>The number of a key with a value.</summary>
    public int AttributeOf(string key, string value)
    {
        if (attributes.TryGetValue((key, value), out var known))
            return known;
        message.Message(OtlpField.Dictionary.Attribute, part.Number(OtlpField.Attribute.Key, TextOf(key))
            .Message(OtlpField.Attribute.Value, inner.Text(OtlpField.AnyValue.Text, Printable.Text(value))));
        return attributes[(key, value)] = attributes.Count + 1;
    }

    /// <summary>The message, once all is in it.</summary>
    public ProtobufMessage End()
    {
        foreach (var text in strings.Texts)
            message.Text(OtlpField.Dictionary.Strings, text);
        return message;
    }

    public void Dispose()
    {
        message.Dispose();
        part.Dispose();
        inner.Dispose();
    }
}
