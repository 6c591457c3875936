using Microsoft.EntityFrameworkCore;

namespace WebShop.Data;

/// <summary>What the database begins with: everything in it follows from its number.</summary>
static class SampleData
{
    public const int Products = 10;
    public const int Orders = 20;
    public const int LinesOfOrder = 3;
    public const int ReviewsOfProduct = 2;

    public static async Task Create(IDbContextFactory<ShopContext> database)
    {
        await using var shop = await database.CreateDbContextAsync();
        await shop.Database.EnsureCreatedAsync();
        for (var product = 1; product <= Products; product++)
        {
            shop.Add(new Product(product, $"Product {product}", 10 * product));
            shop.Add(new StockItem(product, product, 7 * product));
            for (var review = 1; review <= ReviewsOfProduct; review++)
                shop.Add(new Review(0, product, 1 + (product + review) % 5, "As expected."));
        }
        for (var order = 1; order <= Orders; order++)
        {
            shop.Add(new Order(order, DateTime.UnixEpoch.AddDays(order)));
            for (var line = 0; line < LinesOfOrder; line++)
                shop.Add(new OrderLine(0, order, 1 + (order + line) % Products, 1 + line));
        }
        await shop.SaveChangesAsync();
    }
}
