using System;

static class Program
{
    static void Main()
    {
        for (var i = 0; i < 4; i++)
            Greet(i);
    }

    static void Greet(int number) => Console.WriteLine("Hello " + number);
}
