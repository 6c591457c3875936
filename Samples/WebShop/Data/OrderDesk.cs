using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace WebShop.Data;

/// <summary>Writes orders into the database, one after the other, whatever requests they come from.</summary>
sealed class OrderDesk(IDbContextFactory<ShopContext> database) : BackgroundService
{
    readonly Channel<Placed> placed = Channel.CreateUnbounded<Placed>(new() { SingleReader = true });

    /// <summary>Places an order.</summary>
    /// <returns>Its number, as soon as it is written.</returns>
    public async Task<int> Place(Product product)
    {
        var order = new Placed(product, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await placed.Writer.WriteAsync(order);
        return await order.Number.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var order in placed.Reader.ReadAllAsync(stoppingToken))
            order.Number.SetResult(await Write(order.Product));
    }

    async Task<int> Write(Product product)
    {
        await using var shop = await database.CreateDbContextAsync();
        var order = new Order(0, DateTime.UtcNow);
        shop.Add(order);
        await shop.SaveChangesAsync();
        shop.Add(new OrderLine(0, order.Id, product.Id, 1));
        await shop.SaveChangesAsync();
        return order.Id;
    }

    sealed record Placed(Product Product, TaskCompletionSource<int> Number);
}
