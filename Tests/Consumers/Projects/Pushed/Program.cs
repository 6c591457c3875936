using System;
using ProfilerWeaver;

static class Program
{
    static void Main()
    {
        using (ContinuousPush.Start("profiles", TimeSpan.FromMinutes(1), new PushOptions { Service = "pushed", Spool = "spool" }))
            Console.WriteLine(Twice(3));
    }

    static int Twice(int number) => 2 * number;
}
