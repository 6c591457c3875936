using WebShop.Data;

namespace WebShop.Routes;

static class ProductRoutes
{
    public static async Task<List<Product>> All(Catalogue catalogue) => await catalogue.All();

    /// <summary>Asks for three things at once.</summary>
    public static async Task<ProductDetails> Details(int id, Catalogue catalogue)
    {
        var product = catalogue.Find(id);
        var stock = catalogue.Stock(id);
        var reviews = catalogue.Reviews(id);
        await Task.WhenAll(product, stock, reviews);
        return new(await product, await stock, await reviews);
    }
}
