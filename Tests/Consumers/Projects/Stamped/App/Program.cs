using System;

static class Program
{
    static void Main() => Console.WriteLine(IsStamped() ? "stamped" : "not stamped");

    static bool IsStamped() => typeof(Program).Assembly.GetType("Stamped") is not null;
}
