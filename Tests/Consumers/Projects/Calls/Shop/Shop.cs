using System.Threading.Tasks;

namespace Shop;

public static class Api
{
    public static async Task<int> GetOrder(int queries)
    {
        var sum = 0;
        for (var part = 0; part < queries; part++)
            sum += await Repository.Load(part);
        return sum;
    }
}

public static class Repository
{
    public static async Task<int> Load(int id)
    {
        await Task.Yield();
        return id;
    }
}
