using System.Globalization;
using ProfilerWeaver.Benchmarks;

switch (args)
{
    case []:
    case ["speed"]:
        return SpeedTable.Print(Console.Out) ? 0 : 1;
    case ["honesty"]:
        return HonestyTable.Print(Console.Out) ? 0 : 1;
    case ["honesty", "methods"]:
        return HonestyTable.Print(Console.Out, withMethods: true) ? 0 : 1;
    case ["parts"]:
        return PartsTable.Print(Console.Out) ? 0 : 1;
    case ["costs"]:
        return CostTable.Print(Console.Out) ? 0 : 1;
    case ["start", .. var program]:
        return StartTable.Print(Console.Out, program) ? 0 : 1;
    case ["service"]:
        return ServiceTable.Print(Console.Out) ? 0 : 1;
    case ["weaving"]:
        return WeavingTable.Print(Console.Out) ? 0 : 1;
    case ["stalls"]:
        return StallTable.Print(Console.Out) ? 0 : 1;
    case ["model"]:
        return ModelTable.Print(Console.Out) ? 0 : 1;
    case ["model", var part, var file]:
        return ModelTable.Run(part, file);
    case ["merge"]:
        return MergeTable.Print(Console.Out, 10_000) ? 0 : 1;
    case ["merge", "tables", var folder]:
        return TableSums.Run(folder);
    case ["merge", var count]:
        return MergeTable.Print(Console.Out, int.Parse(count, CultureInfo.InvariantCulture)) ? 0 : 1;
    case ["programs", "python"]:
        return PythonPrograms.Print(Console.Out) ? 0 : 1;
    case ["programs", .. var names]:
        return ProgramsTable.Print(Console.Out, names) ? 0 : 1;
    case ["stack"]:
        StackTable.Print(Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project Benchmarks [-- speed | honesty [methods] | parts | costs | start [APP.dll] | service | weaving | stalls | model | merge [COUNT] | programs [python | NAME...] | stack]");
        return 2;
}
