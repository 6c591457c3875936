using Outside;

namespace Scenarios;

/// <summary>CPython's <c>profilee</c>, the program whose profile is known to the tick.</summary>
public static class Profilee
{
    public static void Testfunc()
    {
        Time.Ticks += 99;
        Helper();
        Helper();
        Time.Ticks += 171;
        Factorial(14);
    }

    static int Factorial(int n)
    {
        if (n > 0)
        {
            Time.Ticks += n;
            return Mul(n, Factorial(n - 1));
        }
        Time.Ticks += 11;
        return 1;
    }

    static int Mul(int a, int b)
    {
        Time.Ticks += 1;
        return unchecked(a * b);
    }

    static void Helper()
    {
        Time.Ticks += 1;
        Helper1();
        Time.Ticks += 2;
        Helper1();
        Time.Ticks += 6;
        Helper2();
        Time.Ticks += 3;
        Helper2();
        Time.Ticks += 2;
        Helper2();
        Time.Ticks += 5;
        Helper2Indirect();
        Time.Ticks += 1;
    }

    static void Helper1()
    {
        Time.Ticks += 10;
        Attributes.Has(GetAttr);
        Time.Ticks += 19;
        var list = Attributes.NewList();
        list.Add(42);
    }

    static void Helper2Indirect()
    {
        Helper2();
        Factorial(3);
    }

    static void Helper2()
    {
        Time.Ticks += 11;
        Attributes.Has(GetAttr);
        Time.Ticks += 13;
        Subhelper();
        Time.Ticks += 15;
    }

    static void Subhelper()
    {
        Time.Ticks += 2;
        for (var i = 0; i < 2; i++)
        {
            try
            {
                GetAttr();
            }
            catch (MissingMemberException)
            {
                Time.Ticks += 3;
            }
        }
    }

    static void GetAttr()
    {
        Time.Ticks += 1;
        throw new MissingMemberException();
    }
}
