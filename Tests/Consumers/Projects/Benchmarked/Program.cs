using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using ProfilerWeaver;

BenchmarkSwitcher.FromAssembly(typeof(Numbers).Assembly).Run(args);

static class Maths
{
    public static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);

    public static int Half(int n) => n / 2;
}

[ProfilerWeaverDiagnoser("Maths.Fib", "Maths.Half", "Maths.Halve")]
public class Numbers
{
    // What the process says that runs the benchmark. Its calls are not those of an operation.
    [GlobalSetup]
    public void Begin()
    {
        var isWoven = typeof(Numbers).Assembly.GetReferencedAssemblies().Any(assembly => assembly.Name == "ProfilerWeaver");
        Console.WriteLine($"woven: {isWoven}, Fib(5) = {Maths.Fib(5)}");
    }

    [Benchmark]
    public int Fib() => Maths.Fib(10);

    [Benchmark(OperationsPerInvoke = 4)]
    public int Halves() => Maths.Half(8) + Maths.Half(Maths.Half(4));
}
