namespace Scenarios;

/// <summary>Programs that call, at some depth, an action that switches recording on, off or anew.</summary>
public static class Switching
{
    public static void InsideLevelTwo(Action toggle)
    {
        Time.Ticks += 5;
        LevelTwo(toggle);
        Time.Ticks += 100;
        After();
    }

    static void LevelTwo(Action toggle)
    {
        Time.Ticks += 7;
        toggle();
        Time.Ticks += 1000;
    }

    static void After() => Time.Ticks += 3;

    // Leaf is called from two levels while unwinding from the third.
    public static void ThreeDeep(Action toggle)
    {
        LevelB(toggle);
        Leaf();
    }

    static void LevelB(Action toggle)
    {
        LevelC(toggle);
        Leaf();
    }

    static void LevelC(Action toggle)
    {
        Time.Ticks += 1;
        toggle();
        Time.Ticks += 10;
    }

    static void Leaf() => Time.Ticks += 4;

    // Switched twice in different depths: the activations around the first one outlive the second.
    public static void TwiceInside(Action toggle)
    {
        Leaf();
        Inner(toggle);
        Leaf();
    }

    static void Inner(Action toggle)
    {
        toggle();
        Leaf();
        Innermost(toggle);
        Leaf();
    }

    static void Innermost(Action toggle)
    {
        Leaf();
        toggle();
        Leaf();
    }

    // An exception passes the activation in which it was switched.
    public static void ThrownThrough(Action toggle)
    {
        try
        {
            Thrower(toggle);
        }
        catch (InvalidOperationException)
        {
            Leaf();
        }
    }

    static void Thrower(Action toggle)
    {
        Time.Ticks += 1;
        toggle();
        throw new InvalidOperationException();
    }

    // 1 call of Turn, 3 of Descend, 6 of Leaf.
    public static void Turn() => Descend(2);

    static void Descend(int depth)
    {
        Leaf();
        if (depth > 0)
            Descend(depth - 1);
        Leaf();
    }
}
