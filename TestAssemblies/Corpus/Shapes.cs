namespace Scenarios.Corpus;

// Their woven bodies are compared with listings (Tests/Golden): few, small, and not to be changed lightly.
static class Shapes
{
    static int count;

    public static void Nothing()
    {
    }

    public static int Value(int number) => number * 2;

    public static ref int Reference(int[] cells) => ref cells[0];

    public static T Same<T>(T value)
        where T : class => value ?? throw new ArgumentNullException(nameof(value));

    public static void Throws() => throw new NotSupportedException();

    public static int EarlyReturns(int number)
    {
        if (number == 0)
            return 0;
        try
        {
            try
            {
                if (number == 1)
                    return count;
                count /= number;
            }
            finally
            {
                count++;
            }
        }
        catch (DivideByZeroException e) when (number == 2)
        {
            return e.HResult;
        }
        return number;
    }

    public static Func<int> Lambda(int number) => () => number + count;

    public static IEnumerable<int> Numbers(int limit)
    {
        for (var i = 0; i < limit; i++)
            yield return i;
    }

    public static async Task<int> Sum(Task<int> left, int right) => await left + right;

    public static string Calls(string text)
    {
        try
        {
            return text.Trim();
        }
        finally
        {
            Math.Abs(count);
        }
    }

    class Base(int number)
    {
        public int Number { get; init; } = number;
    }

    sealed class Derived(bool first) : Base(first ? Value(1) : 2);
}
