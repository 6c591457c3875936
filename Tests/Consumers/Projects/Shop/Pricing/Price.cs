namespace Shop
{
    public static class Price
    {
        public static int Of(int article) => Digits(article) * 100 + 99;

        static int Digits(int number)
        {
            var digits = 1;
            while ((number /= 10) > 0)
                digits++;
            return digits;
        }
    }
}
