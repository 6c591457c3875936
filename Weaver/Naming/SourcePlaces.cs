using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>Where the methods of a module stand in the source, as far as its symbols tell.</summary>
sealed class SourcePlaces(ModuleDefinition module)
{
    readonly Dictionary<TypeDefinition, (string? File, int Line)> placeOfType = [];

    /// <summary>The file and line at which <paramref name="method"/> begins. What the compiler made without a line of source
    /// stands where its type begins; the line is 0 if the type has none either.</summary>
    public (string File, int Line) Of(MethodDefinition method)
    {
        if (!module.HasSymbols)
            return (module.Name, 0);
        if (BeginningOf(method) is { } point)
            return (WithSlashes(point.Document.Url), point.StartLine);
        var (file, line) = PlaceOf(method.DeclaringType);
        return (file ?? module.Name, LineInNames(method) is > 0 and var written ? written : line);
    }

    // F# writes lines into the names that it makes: of a closure, and of the field of a module's value, "table@93".
    static int LineInNames(MethodDefinition method)
    {
        var line = Math.Max(FSharpName.LineIn(method.Name), FSharpName.LineIn(method.DeclaringType.Name));
        return line > 0 || !method.HasBody ? line
            : method.Body.Instructions.Where(instruction => instruction.OpCode.Code is Code.Ldsfld or Code.Stsfld)
                .Select(instruction => FSharpName.LineIn(((FieldReference)instruction.Operand).Name)).FirstOrDefault();
    }

    static SequencePoint? BeginningOf(MethodDefinition method)
    {
        var points = PointsOf(method);
        if (!method.IsConstructor || method.IsStatic || BaseCallOf(method) is not { } baseCall)
            return points.FirstOrDefault();
        // The initializers of fields come first. If the user wrote a constructor, it begins where the base is called.
        var beginning = points.LastOrDefault(point => point.Offset <= baseCall.Offset);
        return beginning is null ? points.FirstOrDefault()
            : IsInitializer(method, beginning, baseCall) ? null
            : beginning;
    }

    static Instruction? BaseCallOf(MethodDefinition constructor) => constructor.Body.Instructions.FirstOrDefault(instruction =>
        instruction.OpCode.Code == Code.Call && instruction.Operand is MethodReference { Name: ".ctor" } called
        && called.DeclaringType.GetElementType() is var type
        && (type == constructor.DeclaringType || type.FullName == constructor.DeclaringType.BaseType?.GetElementType().FullName));

    static bool IsInitializer(MethodDefinition constructor, SequencePoint point, Instruction baseCall) =>
        constructor.Body.Instructions.Any(instruction =>
            instruction.Offset >= point.Offset && instruction.Offset < baseCall.Offset && instruction.OpCode.Code == Code.Stfld
            && ((FieldReference)instruction.Operand).DeclaringType.GetElementType() == constructor.DeclaringType);

    (string? File, int Line) PlaceOf(TypeDefinition type)
    {
        if (placeOfType.TryGetValue(type, out var place))
            return place;
        var points = type.Methods.SelectMany(PointsOf).ToList();
        if (points.Count > 0)
        {
            var document = points[0].Document;
            place = (WithSlashes(document.Url), points.Where(point => point.Document == document).Min(point => point.StartLine));
        }
        else
        {
            place = type.NestedTypes.Where(nested => !IsCaseOf(nested, type)).Select(PlaceOf).FirstOrDefault(nested => nested.Line > 0);
            if (place.Line == 0 && type.DeclaringType is { } outer)
                place = IsCaseOf(type, outer) ? PlaceOf(outer) : (FileOf(outer), 0);
        }
        placeOfType.Add(type, place);
        return place;
    }

    // F# makes a nested type of a union's case.
    static bool IsCaseOf(TypeDefinition type, TypeDefinition union) => type.BaseType?.GetElementType() == union;

    static string? FileOf(TypeDefinition type) =>
        type.Methods.SelectMany(PointsOf).FirstOrDefault() is { } point ? WithSlashes(point.Document.Url)
        : type.DeclaringType is { } outer ? FileOf(outer)
        : null;

    static IEnumerable<SequencePoint> PointsOf(MethodDefinition method) =>
        method.DebugInformation.SequencePoints.Where(point => !point.IsHidden);

    static string WithSlashes(string path) => path.Replace('\\', '/');
}
