namespace Scenarios;

/// <summary>Methods of which the probe would take most of the time, and some that are nearly like them.</summary>
public class Trivial
{
    int count;

    public int Auto { get; set; }

    public int Field => count;

    public bool IsLarge
    {
        get
        {
            return count > 10;
        }
    }

    public static void Nothing()
    {
    }

    public record Pair(int Left, int Right);

    public int Calls() => Field;

    public int[] Allocates() => new int[1];

    public static void Loops()
    {
        while (true)
        {
        }
    }

    public void Handles()
    {
        try
        {
            count++;
        }
        finally
        {
            count--;
        }
    }

    public int Long() => count * count + count / 2 - count % 3;

    public static void Run()
    {
        var trivial = new Trivial { Auto = 1 };
        _ = trivial.Auto + trivial.Field + trivial.Calls() + trivial.Long();
        _ = trivial.IsLarge;
        Nothing();
        trivial.Handles();
        _ = trivial.Allocates();
        _ = new Pair(1, 2) == new Pair(1, 2) && new Pair(1, 2).Left == 1;
    }
}
