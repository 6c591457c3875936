using System.Text.Json;

/// <summary>A round trip of orders through JSON, by .NET's own library.</summary>
static class Json
{
    sealed record Line(string Product, int Count, decimal Price)
    {
        public decimal Total => Count * Price;
    }

    sealed record Order(int Number, string Customer, DateTime Date, List<Line> Lines)
    {
        public decimal Total => Lines.Sum(line => line.Total);
    }

    const int Rounds = 8;

    static readonly List<Order> Orders = [.. Enumerable.Range(0, 4_000).Select(Make)];
    static byte[] text = [];
    static List<Order> read = [];

    public static void Write()
    {
        for (var round = 0; round < Rounds; round++)
            text = JsonSerializer.SerializeToUtf8Bytes(Orders);
    }

    public static void Read()
    {
        for (var round = 0; round < Rounds; round++)
            read = JsonSerializer.Deserialize<List<Order>>(text)!;
    }

    public static void Total()
    {
        for (var round = 0; round < Rounds; round++)
            GC.KeepAlive(read.GroupBy(order => order.Customer).OrderBy(group => group.Sum(order => order.Total)).Last().Key);
    }

    static Order Make(int number) => new(number, $"customer {number % 97}", new DateTime(2026, 1, 1).AddMinutes(number),
        [.. Enumerable.Range(0, 8).Select(i => new Line($"product {i * number % 13}", i + 1, number % 50 + 0.5m))]);
}
