using NUnit.Framework;

public class FibonacciTests
{
    [TestCase(5, 5)]
    [TestCase(6, 8)]
    public void Is_the_sum_of_the_two_before(int n, int expected) => Assert.That(Fibonacci(n), Is.EqualTo(expected));

    static int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
}
