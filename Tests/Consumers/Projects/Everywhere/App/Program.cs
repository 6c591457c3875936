using System;
using System.Threading.Tasks;
using Everywhere;

static class Program
{
    static async Task Main()
    {
        await Task.Delay(1);
        Console.WriteLine(Fibonacci.Of(10));
        try
        {
            Fail();
        }
        catch (InvalidOperationException)
        {
            Console.WriteLine("caught");
        }
    }

    static void Fail() => throw new InvalidOperationException();
}
