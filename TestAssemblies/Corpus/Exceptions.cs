namespace Scenarios.Corpus;

// Fody/MethodTimer#17, MethodBoundaryAspect.Fody#66, #88, #97; ArxOne/MrAdvice#12; jbevain/cecil#200;
// SteveGilham/altcover#105, #26; microsoft/CLRInstrumentationEngine#305
public static class Exceptions
{
    sealed class Resource(Log log, string name) : IDisposable
    {
        public void Dispose() => log.Add($"dispose {name}");
    }

    static int Fail(string message) => throw new InvalidOperationException(message);

    static bool Note(Log log, string text, bool result)
    {
        log.Add(text);
        return result;
    }

    static int Filtered(Log log, int kind)
    {
        try
        {
            try
            {
                return kind switch
                {
                    0 => 0,
                    1 => Fail("one"),
                    2 => Fail("two"),
                    _ => throw new FormatException("other"),
                };
            }
            catch (InvalidOperationException e) when (Note(log, $"filter {e.Message}", e.Message == "one"))
            {
                log.Add("caught one");
                return 1;
            }
            finally
            {
                log.Add("inner finally");
            }
        }
        catch (Exception e) when (e is InvalidOperationException && Note(log, "outer filter", true))
        {
            log.Add("caught two");
            throw new AggregateException("wrapped", e);
        }
    }

    public static string Filters()
    {
        var log = new Log();
        for (var kind = 0; kind < 4; kind++)
            log.Try(() => Filtered(log, kind));
        return log.ToString();
    }

    static int ThrowingFilter()
    {
        try
        {
            return Fail("first");
        }
        catch (InvalidOperationException) when (Fail("in the filter") == 0)
        {
            return 1;
        }
        catch (InvalidOperationException e)
        {
            return e.Message.Length;
        }
    }

    public static string A_filter_that_throws_is_false() => ThrowingFilter().ToString();

    static void ThrowAtTheEndOfAHandler(int kind)
    {
        try
        {
            if (kind == 0)
                return;
            Fail("inside");
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException("at the end", e);
        }
    }

    static int OnlyThrows(Log log)
    {
        try
        {
            throw new NotSupportedException("only");
        }
        finally
        {
            log.Add("finally");
        }
    }

    static void FinallyThrows()
    {
        try
        {
            Fail("lost");
        }
        finally
        {
            Fail("from finally");
        }
    }

    static int Rethrows(int depth)
    {
        try
        {
            return depth == 0 ? Fail("deep") : Rethrows(depth - 1) + 1;
        }
        catch (InvalidOperationException) when (depth % 2 == 0)
        {
            throw;
        }
        catch
        {
            if (depth == 1)
                throw;
            return depth;
        }
    }

    public static string Throws_in_handlers()
    {
        var log = new Log();
        log.Try(() => ThrowAtTheEndOfAHandler(0));
        log.Try(() => ThrowAtTheEndOfAHandler(1));
        log.Try(() => OnlyThrows(log));
        log.Try(FinallyThrows);
        for (var depth = 0; depth < 5; depth++)
            log.Try(() => Rethrows(depth));
        return log.ToString();
    }

    static int ReturnsFromEverywhere(Log log, int kind)
    {
        using var outer = new Resource(log, "outer");
        lock (log)
        {
            switch (kind)
            {
                case 0:
                    return 0;
                case 1:
                    using (new Resource(log, "inner"))
                        return 10;
                case 2:
                    try
                    {
                        if (log is not null)
                            return 20;
                    }
                    finally
                    {
                        log.Add("finally");
                    }
                    break;
                case 3:
                    try
                    {
                        Fail("three");
                    }
                    catch (InvalidOperationException)
                    {
                        return 30;
                    }
                    break;
                case 4:
                    foreach (var number in new[] { 1, 2, 3 }.Where(number => number > 1))
                    {
                        if (number == 3)
                            return number;
                    }
                    break;
                default:
                    return kind > 5 ? throw new ArgumentOutOfRangeException(nameof(kind)) : -1;
            }
        }
        return -2;
    }

    static void ReturnsFromEverywhere(Log log, string kind)
    {
        if (kind == "early")
            return;
        try
        {
            if (kind == "try")
                return;
            try
            {
                if (kind == "nested")
                    return;
                Fail(kind);
            }
            catch (InvalidOperationException) when (kind == "filter")
            {
                return;
            }
            finally
            {
                log.Add("finally");
            }
        }
        catch
        {
            if (kind == "catch")
                return;
            throw;
        }
    }

    public static string Returns_inside_protected_regions()
    {
        var log = new Log();
        for (var kind = 0; kind < 7; kind++)
            log.Try(() => ReturnsFromEverywhere(log, kind));
        foreach (var kind in new[] { "early", "try", "nested", "filter", "catch", "throw" })
            log.Try(() => ReturnsFromEverywhere(log, kind));
        return log.ToString();
    }

    static int Nested(Log log, int depth)
    {
        try
        {
            try
            {
                try
                {
                    try
                    {
                        return depth switch { 0 => Fail("a"), 1 => throw new FormatException("b"), _ => depth };
                    }
                    catch (FormatException)
                    {
                        log.Add("1");
                        throw;
                    }
                }
                finally
                {
                    try
                    {
                        log.Add("2");
                        if (depth == 3)
                            Fail("c");
                    }
                    catch (InvalidOperationException e)
                    {
                        log.Add(e.Message);
                    }
                }
            }
            catch (FormatException e) when (e.Message == "b")
            {
                try
                {
                    return Fail("d");
                }
                finally
                {
                    log.Add("3");
                }
            }
        }
        catch (InvalidOperationException e)
        {
            return e.Message[0];
        }
    }

    public static string Nested_regions()
    {
        var log = new Log();
        for (var depth = 0; depth < 4; depth++)
            log.Try(() => Nested(log, depth));
        return log.ToString();
    }

    static void Forever(ref int rounds)
    {
        while (true)
        {
            if (++rounds == 1000)
                Fail("enough");
        }
    }

    static int ForeverInTry(Log log)
    {
        for (var round = 0; ; round++)
        {
            try
            {
                if (round == 3)
                    throw new OperationCanceledException();
            }
            finally
            {
                log.Add(round);
            }
        }
    }

    public static string Infinite_loops_left_by_an_exception()
    {
        var log = new Log();
        var rounds = 0;
        log.Try(() => Forever(ref rounds));
        log.Add(rounds);
        log.Try(() => ForeverInTry(log));
        return log.ToString();
    }
}
