namespace Counted;

/// <summary>Two steps each time.</summary>
static class Work
{
    public static int Do(int times)
    {
        var sum = 0;
        for (var i = 0; i < times; i++)
            sum += Step(i) + Step(i);
        return sum;
    }

    public static async Task<int> DoLater(int times)
    {
        await Task.Yield();
        return Do(times);
    }

    public static void Fail() => throw new InvalidOperationException();

    static int Step(int number) => number;
}
