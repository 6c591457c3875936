using System;
using System.Linq;

namespace Shop;

static class Program
{
    static void Main() => Console.WriteLine($"{Total([3, 1, 2])} in {Build()}");

    static int Total(int[] basket) => basket.Select(Price.Of).Sum();

    static string Build()
    {
        var build = "";
#if DEBUG
        build += "DEBUG ";
#endif
#if RELEASE
        build += "RELEASE ";
#endif
#if PROFILED
        build += "PROFILED ";
#endif
        return build;
    }
}
