namespace Scenarios;

/// <summary>What is run under a profile by its name, with arguments or with a state.</summary>
public static class Commands
{
    public static int None()
    {
        Time.Ticks += 1;
        return 1;
    }

    public static int Twice(int number)
    {
        Time.Ticks += 2;
        return None() + number + number - 1;
    }

    public static int Add(int left, int right)
    {
        Time.Ticks += 3;
        return left + right;
    }

    public static string Join(string first, string second, string third)
    {
        Time.Ticks += 4;
        return first + second + third;
    }

    public static void Fill(List<int> list)
    {
        Time.Ticks += 5;
        list.Add(None());
    }

    public static int Fail(int number)
    {
        Time.Ticks += 6;
        throw new InvalidOperationException($"failed with {number}");
    }

    public static async Task<int> AddLater(int left, Task<int> right)
    {
        Time.Ticks += 10;
        var sum = left + await right;
        Time.Ticks += 20;
        return sum + None();
    }

    public static async Task FillLater(List<int> list, Task<int> number) => list.Add(await AddLater(0, number));

    public static async Task FailLater(Task gate)
    {
        await gate;
        Fail(2);
    }

    public static async ValueTask<int> AddSoon(int left, Task<int> right)
    {
        Time.Ticks += 100;
        return left + await right;
    }

    public static async ValueTask Wait(Task gate)
    {
        Time.Ticks += 1000;
        await gate;
        Time.Ticks += 2000;
    }
}
