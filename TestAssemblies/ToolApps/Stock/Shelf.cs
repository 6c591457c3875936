namespace Stock;

public static class Shelf
{
    public static int Price(string ware) => ware.Length;
}
