namespace Everywhere
{
    public static class Fibonacci
    {
        public static int Of(int n) => n < 2 ? n : Of(n - 1) + Of(n - 2);
    }
}
