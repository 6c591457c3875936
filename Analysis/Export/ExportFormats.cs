namespace ProfilerWeaver;

/// <summary>The formats of other tools, a line each.</summary>
static class ExportFormats
{
    public static readonly ExportFormat[] All =
    [
        new("pprof", [".pb.gz", ".pprof"], "go tool pprof -http=: FILE shows it.", new PprofWriter()) { MaxNodes = 16_000 },
        new("speedscope", [".speedscope.json"], "speedscope FILE shows it, and so does www.speedscope.app.", new SpeedscopeWriter()),
        new("callgrind", [".callgrind", "callgrind.out"], "kcachegrind FILE shows it.", new CallgrindWriter()),
        new("collapsed", [".collapsed", ".folded"], "flamegraph.pl FILE > app.svg draws it.", new CollapsedWriter()) { HasOneMetric = true },
        new("cpuprofile", [".cpuprofile"], "VS Code and the DevTools of browsers open it.", new CpuProfileWriter()),
        new("firefox", [".firefox.json"], "profiler.firefox.com opens it.", new FirefoxWriter()),
        new("dot", [".dot", ".gv"], "dot -Tsvg FILE > app.svg draws it.", new DotWriter()) { MaxNodes = 60 },
    ];
}
