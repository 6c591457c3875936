namespace Shop;

/// <summary>Answers requests for orders, each of which has fifteen parts.</summary>
static class Api
{
    const int Parts = 15;

    /// <param name="arguments"><c>serve</c>, how many requests, and <c>lazily</c> or nothing.</param>
    public static int Serve(string[] arguments)
    {
        if (arguments is not ["serve", var count, ..])
            return 64;
        var isLazy = arguments.Contains("lazily");
        var sum = 0;
        for (var order = 1; order <= int.Parse(count); order++)
            sum += GetOrder(order, isLazy);
        Console.WriteLine(sum);
        return 0;
    }

    /// <param name="order">The order.</param>
    /// <param name="isLazy">Whether each part is loaded by itself, and not all at once.</param>
    public static int GetOrder(int order, bool isLazy)
    {
        if (!isLazy)
            return Repository.Load(order, 0, Parts);
        var sum = 0;
        for (var part = 0; part < Parts; part++)
            sum += Repository.Load(order, part, 1);
        return sum;
    }
}

static class Repository
{
    public static int Load(int order, int first, int count)
    {
        Query.Execute(order);
        var sum = 0;
        for (var part = first; part < first + count; part++)
            sum += Query.Read(part);
        return sum;
    }
}

static class Query
{
    public static void Execute(int order) => ArgumentOutOfRangeException.ThrowIfNegative(order);

    public static int Read(int part) => part + 1;
}
