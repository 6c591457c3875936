using WebShop.Data;

namespace WebShop.Routes;

sealed record ProductDetails(Product Product, int Stock, List<Review> Reviews);

sealed record OrderDetails(int Id, List<OrderLine> Lines);

sealed record Quote(int OrderId, decimal Total);

sealed record Receipt(int OrderId, decimal Total);
