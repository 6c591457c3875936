namespace ProfilerWeaver.Tests;

/// <summary>The program of CPython's own profiler tests, in ticks of a millisecond, and what CPython expects of it when
/// built-in functions are not recorded.</summary>
sealed class ProfileeTests
{
    readonly TreeBuilder tree = new() { Now = 42_000 };
    readonly Stats stats;

    public ProfileeTests()
    {
        int Method(int line, string name) => tree.Method(new MethodLabel("profilee.py", line, name));
        var (testfunc, factorial, mul) = (Method(25, "testfunc"), Method(35, "factorial"), Method(48, "mul"));
        var (helper, helper1) = (Method(55, "helper"), Method(73, "helper1"));
        var (helper2Indirect, helper2) = (Method(84, "helper2_indirect"), Method(88, "helper2"));
        var (subhelper, getattr) = (Method(98, "subhelper"), Method(110, "__getattr__"));

        var module = tree.Method(new MethodLabel("<string>", 1, "<module>"));
        tree.Call(module, () => tree.Call(testfunc, () =>
        {
            tree.Now += 99;
            Helper();
            Helper();
            tree.Now += 171;
            Factorial(14);
        }));
        stats = new Stats(tree.Build(0.001));

        void Factorial(int n) => tree.Call(factorial, () =>
        {
            if (n == 0)
            {
                tree.Now += 11;
                return;
            }
            tree.Now += n;
            Factorial(n - 1);
            tree.Call(mul, () => tree.Now += 1);
        });

        void Helper() => tree.Call(helper, () =>
        {
            tree.Now += 1;
            Helper1();
            tree.Now += 2;
            Helper1();
            tree.Now += 6;
            Helper2();
            tree.Now += 3;
            Helper2();
            tree.Now += 2;
            Helper2();
            tree.Now += 5;
            tree.Call(helper2Indirect, () =>
            {
                Helper2();
                Factorial(3);
            });
            tree.Now += 1;
        });

        void Helper1() => tree.Call(helper1, () =>
        {
            tree.Now += 10;
            GetAttribute();
            tree.Now += 19;
        });

        void Helper2() => tree.Call(helper2, () =>
        {
            tree.Now += 11;
            GetAttribute();
            tree.Now += 13;
            tree.Call(subhelper, () =>
            {
                tree.Now += 2;
                GetAttribute();
                tree.Now += 3;
                GetAttribute();
                tree.Now += 3;
            });
            tree.Now += 15;
        });

        void GetAttribute() => tree.Call(getattr, () => tree.Now += 1);
    }

    [Test]
    public void The_table_is_that_of_CPython() => Assert.That(Print(stats.SortStats("stdname").PrintStats),
        Is.EqualTo("""
                 97 function calls (77 primitive calls) in 1.000 seconds

           Ordered by: standard name

           ncalls  tottime  percall  cumtime  percall filename:lineno(function)
                1    0.000    0.000    1.000    1.000 <string>:1(<module>)
               28    0.028    0.001    0.028    0.001 profilee.py:110(__getattr__)
                1    0.270    0.270    1.000    1.000 profilee.py:25(testfunc)
             23/3    0.150    0.007    0.170    0.057 profilee.py:35(factorial)
               20    0.020    0.001    0.020    0.001 profilee.py:48(mul)
                2    0.040    0.020    0.600    0.300 profilee.py:55(helper)
                4    0.116    0.029    0.120    0.030 profilee.py:73(helper1)
                2    0.000    0.000    0.140    0.070 profilee.py:84(helper2_indirect)
                8    0.312    0.039    0.400    0.050 profilee.py:88(helper2)
                8    0.064    0.008    0.080    0.010 profilee.py:98(subhelper)



        """));

    [Test]
    public void The_callers_are_those_of_CPython() => Assert.That(Print(stats.SortStats("stdname").PrintCallers),
        Is.EqualTo("""
           Ordered by: standard name

        Function                          was called by...
                                              ncalls  tottime  cumtime
        <string>:1(<module>)              <- 
        profilee.py:110(__getattr__)      <-       4    0.004    0.004  profilee.py:73(helper1)
                                                   8    0.008    0.008  profilee.py:88(helper2)
                                                  16    0.016    0.016  profilee.py:98(subhelper)
        profilee.py:25(testfunc)          <-       1    0.270    1.000  <string>:1(<module>)
        profilee.py:35(factorial)         <-       1    0.014    0.130  profilee.py:25(testfunc)
                                                20/3    0.130    0.147  profilee.py:35(factorial)
                                                   2    0.006    0.040  profilee.py:84(helper2_indirect)
        profilee.py:48(mul)               <-      20    0.020    0.020  profilee.py:35(factorial)
        profilee.py:55(helper)            <-       2    0.040    0.600  profilee.py:25(testfunc)
        profilee.py:73(helper1)           <-       4    0.116    0.120  profilee.py:55(helper)
        profilee.py:84(helper2_indirect)  <-       2    0.000    0.140  profilee.py:55(helper)
        profilee.py:88(helper2)           <-       6    0.234    0.300  profilee.py:55(helper)
                                                   2    0.078    0.100  profilee.py:84(helper2_indirect)
        profilee.py:98(subhelper)         <-       8    0.064    0.080  profilee.py:88(helper2)



        """));

    [Test]
    public void The_callees_are_those_of_CPython() => Assert.That(
        Print(output => stats.SortStats("stdname").PrintCallees(output, "helper2_ind|testfunc|mul")), Is.EqualTo("""
           Ordered by: standard name
           List reduced from 10 to 3 due to restriction <'helper2_ind|testfunc|mul'>

        Function                          called...
                                              ncalls  tottime  cumtime
        profilee.py:25(testfunc)          ->       1    0.014    0.130  profilee.py:35(factorial)
                                                   2    0.040    0.600  profilee.py:55(helper)
        profilee.py:48(mul)               -> 
        profilee.py:84(helper2_indirect)  ->       2    0.006    0.040  profilee.py:35(factorial)
                                                   2    0.078    0.100  profilee.py:88(helper2)



        """));

    static string Print(Func<TextWriter, Restriction[], Stats> print) => Print(output => print(output, []));

    static string Print(Action<TextWriter> print)
    {
        using var output = new StringWriter { NewLine = "\n" };
        print(output);
        return output.ToString();
    }
}
