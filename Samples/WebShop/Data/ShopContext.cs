using Microsoft.EntityFrameworkCore;

namespace WebShop.Data;

sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();

    public DbSet<StockItem> Stock => Set<StockItem>();

    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderLine> Lines => Set<OrderLine>();
}
