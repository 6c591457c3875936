using WebShop.Data;

namespace WebShop.Routes;

static class OrderRoutes
{
    public static async Task<OrderDetails> Find(int id, OrderBook orders) => new(id, await orders.Lines(id));

    /// <summary>What the order would cost today. Prices come from a service, which happens to be this one.</summary>
    public static async Task<Quote> Quote(int id, OrderBook orders, PriceList prices)
    {
        var lines = await orders.Lines(id);
        var amounts = await Task.WhenAll(lines.Select(line => Amount(line, prices)));
        return new(id, amounts.Sum());
    }

    public static async Task<Receipt> Place(int id, Catalogue catalogue, OrderDesk desk)
    {
        var product = await catalogue.Find(id);
        return new(await desk.Place(product), product.Price);
    }

    static async Task<decimal> Amount(OrderLine line, PriceList prices) => await prices.Of(line.ProductId) * line.Quantity;
}
