using Microsoft.EntityFrameworkCore;

namespace WebShop.Data;

/// <summary>What is sold. Each question is one query.</summary>
sealed class Catalogue(IDbContextFactory<ShopContext> database)
{
    public async Task<List<Product>> All()
    {
        await using var shop = await database.CreateDbContextAsync();
        return await shop.Products.AsNoTracking().OrderBy(product => product.Name).ToListAsync();
    }

    public async Task<Product> Find(int id)
    {
        await using var shop = await database.CreateDbContextAsync();
        return await shop.Products.AsNoTracking().SingleAsync(product => product.Id == id);
    }

    public async Task<int> Stock(int id)
    {
        await using var shop = await database.CreateDbContextAsync();
        return await shop.Stock.Where(item => item.ProductId == id).SumAsync(item => item.Pieces);
    }

    public async Task<List<Review>> Reviews(int id)
    {
        await using var shop = await database.CreateDbContextAsync();
        return await shop.Reviews.AsNoTracking().Where(review => review.ProductId == id).ToListAsync();
    }
}
