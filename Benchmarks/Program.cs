using ProfilerWeaver.Benchmarks;

switch (args)
{
    case []:
    case ["speed"]:
        return SpeedTable.Print(Console.Out) ? 0 : 1;
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project Benchmarks [-- speed]");
        return 2;
}
