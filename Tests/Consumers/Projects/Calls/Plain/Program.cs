using System;
using ProfilerWeaver;

static class Program
{
    static void Main()
    {
        ProfileData measured = Profile.Measure(() => { });
        Try(() => measured.Expect("Shop.Api").AtMost(1));
        Try(() => measured.Expect().NoMethodCalledMoreThan(3));
    }

    static void Try(Action expect)
    {
        try
        {
            expect();
            Console.WriteLine("holds");
        }
        catch (CallExpectationException e)
        {
            Console.WriteLine(e.Message);
        }
    }
}
