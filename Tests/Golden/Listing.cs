using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Tests.Golden;

/// <summary>A method body as text: labels instead of offsets, protected regions in braces, nothing that differs between
/// machines.</summary>
static class Listing
{
    public static string Of(MethodDefinition method)
    {
        var body = method.Body;
        var labels = body.Instructions.SelectMany(Targets).Distinct().OrderBy(target => target.Offset).Index()
            .ToDictionary(pair => pair.Item, pair => $"L{pair.Index + 1}");
        var text = new StringBuilder();
        text.Append(method.FullName).Append('\n');
        foreach (var local in body.Variables)
            text.Append($"    .local {local.Index} {local.VariableType.FullName}\n");

        var indent = 1;
        foreach (var instruction in body.Instructions)
        {
            foreach (var _ in Regions(body).Where(region => region.End == instruction))
                Line(--indent, "}");
            foreach (var region in Regions(body).Where(region => region.Start == instruction).OrderByDescending(Length))
                Line(indent++, $"{region.Kind} {{");
            var label = labels.TryGetValue(instruction, out var name) ? name + ": " : "";
            Line(indent, $"{label}{instruction.OpCode.Name} {Operand(instruction, labels)}".TrimEnd());
        }
        while (indent > 1)
            Line(--indent, "}");
        return text.ToString();

        void Line(int depth, string line) => text.Append(' ', depth * 4).Append(line).Append('\n');
    }

    // A try that several handlers share is one region.
    static IEnumerable<(string Kind, Instruction Start, Instruction? End)> Regions(MethodBody body) =>
        body.ExceptionHandlers.SelectMany(Regions).Distinct();

    static IEnumerable<(string Kind, Instruction Start, Instruction? End)> Regions(ExceptionHandler handler)
    {
        yield return (".try", handler.TryStart, handler.TryEnd);
        if (handler.FilterStart is not null)
            yield return ("filter", handler.FilterStart, handler.HandlerStart);
        var isFiltered = handler.HandlerType == ExceptionHandlerType.Filter;
        var kind = isFiltered ? "catch" : handler.HandlerType.ToString().ToLowerInvariant();
        yield return ($"{kind} {handler.CatchType?.FullName}".TrimEnd(), handler.HandlerStart, handler.HandlerEnd);
    }

    static int Length((string Kind, Instruction Start, Instruction? End) region) =>
        (region.End?.Offset ?? int.MaxValue) - region.Start.Offset;

    static string Operand(Instruction instruction, Dictionary<Instruction, string> labels) => instruction.Operand switch
    {
        null => "",
        Instruction target => labels[target],
        Instruction[] targets => string.Join(", ", targets.Select(target => labels[target])),
        VariableDefinition variable => $"{variable.Index}",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        var other => $"{other}",
    };

    static Instruction[] Targets(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };
}
