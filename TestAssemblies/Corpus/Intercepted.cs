namespace Scenarios.Corpus;

public static class Intercepted
{
    static string Plain(int number) => $"plain {number}";

    public static string Interceptors() => Plain(1) + " " + Plain(2);
}
