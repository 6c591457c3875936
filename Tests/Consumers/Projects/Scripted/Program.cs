using System;
using System.Collections.Generic;
using ProfilerWeaver;
using ProfilerWeaver.Scripting;

static class Program
{
    static void Main()
    {
        Profiler.Run("MyFunction()", "run.prof");
        var variables = new Dictionary<string, object> { ["count"] = 3 };
        Profiler.RunCtx("int Twice(int n) => 2 * n;\nvar sum = Twice(count) + MyFunction()", variables, null, "context.prof");
        Console.WriteLine(variables["sum"]);
    }

    static int MyFunction() => 1;
}
