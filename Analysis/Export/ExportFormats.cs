namespace ProfilerWeaver;

/// <summary>The formats of other tools, a line each.</summary>
static class ExportFormats
{
    public static readonly ExportFormat[] All =
    [
        new("collapsed", [".collapsed", ".folded"], "flamegraph.pl FILE > app.svg draws it.", new CollapsedWriter()) { HasOneMetric = true },
    ];
}
