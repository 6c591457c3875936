using ProfilerWeaver;

namespace Browser;

/// <summary>Counts its own calls, and hands both these and the profile on, as a page would.</summary>
static class Program
{
    static readonly Dictionary<string, int> Own = [];

    static async Task<int> Main()
    {
        Count("Browser.Program.Main");
        Fibonacci(12);
        for (var i = 0; i < 10; i++)
            Try(i);
        foreach (var number in Numbers(20))
            Generic(number);
        await Steps(5);
        var stream = new MemoryStream();
        ProfFile.Write(Profile.Current!.SnapshotStats(), stream);
        Console.WriteLine(string.Join(' ', Own.Select(own => $"{own.Key}={own.Value}")));
        Console.WriteLine(Convert.ToBase64String(stream.ToArray()));
        return 5;
    }

    static void Count(string row) => Own[row] = Own.GetValueOrDefault(row) + 1;

    static int Fibonacci(int n)
    {
        Count("Browser.Program.Fibonacci");
        return n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
    }

    static int Try(int n)
    {
        Count("Browser.Program.Try");
        try
        {
            return Fail(n);
        }
        catch (InvalidOperationException) when (n % 2 == 0)
        {
            return 1;
        }
        catch (Exception)
        {
            return 2;
        }
    }

    static int Fail(int n)
    {
        Count("Browser.Program.Fail");
        return n > 7 ? n : throw new InvalidOperationException();
    }

    static IEnumerable<int> Numbers(int count)
    {
        Count("Browser.Program.Numbers");
        for (var i = 0; i < count; i++)
            yield return i;
    }

    static string Generic<T>(T value)
    {
        Count("Browser.Program.Generic<T>");
        return $"{value}";
    }

    static async Task<int> Steps(int n)
    {
        Count("Browser.Program.Steps");
        await Task.Yield();
        if (n == 0)
            return 1;
        await Task.Delay(1);
        return 1 + await Steps(n - 1);
    }
}
