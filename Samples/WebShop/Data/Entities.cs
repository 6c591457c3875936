namespace WebShop.Data;

sealed record Product(int Id, string Name, decimal Price);

sealed record StockItem(int Id, int ProductId, int Pieces);

sealed record Review(int Id, int ProductId, int Stars, string Text);

sealed record Order(int Id, DateTime Placed);

sealed record OrderLine(int Id, int OrderId, int ProductId, int Quantity);
