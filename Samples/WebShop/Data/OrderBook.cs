using Microsoft.EntityFrameworkCore;

namespace WebShop.Data;

/// <summary>The orders.</summary>
sealed class OrderBook(IDbContextFactory<ShopContext> database, OrderBookOptions options)
{
    public async Task<List<OrderLine>> Lines(int order)
    {
        await using var shop = await database.CreateDbContextAsync();
        if (!options.HasNPlusOne)
            return await shop.Lines.AsNoTracking().Where(line => line.OrderId == order).ToListAsync();
        var lines = new List<OrderLine>();
        foreach (var id in await shop.Lines.Where(line => line.OrderId == order).Select(line => line.Id).ToListAsync())
            lines.Add(await Line(shop, id));
        return lines;
    }

    static async Task<OrderLine> Line(ShopContext shop, int id) => await shop.Lines.AsNoTracking().SingleAsync(line => line.Id == id);
}

/// <summary>How orders are read.</summary>
/// <param name="HasNPlusOne">Whether each line is asked for by a query of its own: N + 1 of them.</param>
sealed record OrderBookOptions(bool HasNPlusOne);
