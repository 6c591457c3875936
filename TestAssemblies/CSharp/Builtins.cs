using System.Globalization;
using System.Text;
using Outside;

namespace Scenarios;

/// <summary>Calls of methods outside the woven assemblies, in every shape.</summary>
public static class Builtins
{
    struct Point
    {
        public int X;

        public override readonly string ToString() => X.ToString(CultureInfo.InvariantCulture);
    }

    public static void Shapes()
    {
        var text = new StringBuilder(16);
        text.Append('a').Append("b");
        _ = text.Length;
        _ = Math.Max(1, Math.Max(2, 3));
        object boxed = 5;
        _ = boxed.GetHashCode();
        Generic(new Point { X = 3 });
        var date = new DateTime(2026, 11, 22);
        _ = date + TimeSpan.FromDays(1);
        var list = new List<int> { 1 };
        list[0]++;
    }

    static string? Generic<T>(T value) => value!.ToString();

    // The frame of the external method is closed before the handler goes on.
    public static void Throwing()
    {
        try
        {
            int.Parse("x", CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            Leaf();
        }
        try
        {
            Leaves();
        }
        catch (FormatException)
        {
            Leaf();
        }
    }

    static void Leaves()
    {
        try
        {
            int.Parse("y", CultureInfo.InvariantCulture);
        }
        finally
        {
            Leaf();
        }
    }

    static void Leaf() => Time.Ticks += 1;

    public static void CallsBack()
    {
        Array.Exists([1, 2, 3], IsTwo);
        Action action = Leaf;
        action();
        action.Invoke();
    }

    static bool IsTwo(int value)
    {
        Time.Ticks += 10;
        return value == 2;
    }

    class Derived(string text) : Exception(string.Concat(text, Text(1)))
    {
        static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
    }

    public static void Constructor() => _ = new Derived("a");
}
