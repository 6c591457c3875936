using System;
using System.Collections.Generic;
using System.Threading;

namespace Tally;

/// <summary>Does a bit of everything, and counts it. Arguments: the file for the counters, and what to do in the end:
/// <c>end</c>, <c>wait</c> to be ended, or <c>eat</c> memory.</summary>
static class Program
{
    static int Main(string[] arguments)
    {
        Calls.Open(arguments[0]);
        Calls.Count(Call.Main);
        Work.Measure();
        for (var i = 0; i < 3; i++)
            Work.Round(i);
        Console.WriteLine("rounds done");
        switch (arguments[1])
        {
            case "wait":
                new Thread(Work.Spin).Start();
                SayThatItSpins();
                Work.Spin();
                break;
            case "eat":
                var eaten = new List<byte[]>();
                while (true)
                {
                    var bite = new byte[1 << 20];
                    // What is not written to takes no memory.
                    for (var i = 0; i < bite.Length; i += 1024)
                        bite[i] = 1;
                    eaten.Add(bite);
                    Work.Fibonacci(3);
                }
        }
        // Not 0: that is what a program has that never began.
        return 5;
    }

    static void SayThatItSpins()
    {
        while (Calls.Of(Call.Spin) == 0)
            Thread.Yield();
        Console.WriteLine("spinning");
        Console.Out.Flush();
    }
}
