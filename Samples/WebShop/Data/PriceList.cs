using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using WebShop.Routes;

namespace WebShop.Data;

/// <summary>Today's prices, over HTTP.</summary>
sealed class PriceList(HttpClient http, IServer server)
{
    public async Task<decimal> Of(int product)
    {
        var details = await http.GetFromJsonAsync<ProductDetails>(new Uri($"{Address}/products/{product}"));
        return details!.Product.Price;
    }

    // The prices' server is this program.
    string Address => server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
}
