namespace Scenarios;

/// <summary>Do once calls Step 3 times and Leaf 6 times.</summary>
static class Work
{
    public static void Do()
    {
        for (var i = 0; i < 3; i++)
            Step();
    }

    public static void Step()
    {
        Leaf();
        Leaf();
    }

    static void Leaf()
    {
    }
}
