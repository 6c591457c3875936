using System.Collections;

namespace Scenarios.Corpus;

// pamidur/aspect-injector#6, #246
public static class Iterators
{
    static IEnumerable<int> Numbers(Log log, int failAt = -1)
    {
        try
        {
            for (var i = 1; i <= 4; i++)
            {
                if (i == failAt)
                    throw new InvalidOperationException($"at {i}");
                try
                {
                    log.Add($"before {i}");
                    yield return i;
                }
                finally
                {
                    log.Add($"inner finally {i}");
                }
            }
            if (failAt == 0)
                yield break;
            yield return 99;
        }
        finally
        {
            log.Add("finally");
        }
    }

    static IEnumerable<T> Cross<T>(IEnumerable<T> source)
    {
        foreach (var left in source)
        {
            foreach (var right in source)
                yield return EqualityComparer<T>.Default.Equals(left, right) ? left : right;
        }
    }

    static IEnumerable<int> Recursive(int depth)
    {
        if (depth > 0)
        {
            foreach (var number in Recursive(depth - 1))
                yield return number;
        }
        yield return depth;
    }

    static IEnumerator<string> Enumerator(string text)
    {
        foreach (var letter in text)
            yield return letter.ToString();
    }

    static IEnumerable Untyped()
    {
        yield return 1;
        yield return "two";
    }

    static IEnumerable<int> Guarded(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(count));
        return Core();

        IEnumerable<int> Core()
        {
            while (count-- > 0)
                yield return count;
        }
    }

    static IEnumerable<int> Empty()
    {
        yield break;
    }

    static IEnumerable<int> WithRefs(int[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            ref var cell = ref cells[i];
            Span<int> rest = cells.AsSpan(i);
            cell += rest.Length;
            yield return cells[i];
        }
    }

    struct Tree(int value)
    {
        public IEnumerable<int> Values()
        {
            yield return value;
            yield return value + 1;
        }
    }

    public static string Complete_enumerations()
    {
        var log = new Log();
        log.Add(Numbers(log));
        log.Add(Numbers(log, 0));
        log.Add(Recursive(4));
        log.Add(Empty());
        log.Add(new Tree(5).Values());
        log.Add(WithRefs([1, 2, 3]));
        log.Add(string.Join(" ", Untyped().Cast<object>()));
        using var letters = Enumerator("abc");
        while (letters.MoveNext())
            log.Add(letters.Current);
        log.Add(letters.MoveNext());
        log.Try(letters.Reset);
        return log.ToString();
    }

    public static string Disposed_early()
    {
        var log = new Log();
        foreach (var number in Numbers(log))
        {
            if (number == 2)
                break;
        }
        log.Add(Numbers(log).First());
        log.Try(() => Numbers(log).First(number => number == 3 ? throw new FormatException("consumer") : false));
        var enumerator = Numbers(log).GetEnumerator();
        enumerator.Dispose();
        log.Add(enumerator.MoveNext());
        enumerator = Numbers(log).GetEnumerator();
        enumerator.MoveNext();
        enumerator.Dispose();
        enumerator.Dispose();
        log.Add(enumerator.MoveNext());
        return log.ToString();
    }

    public static string Throwing()
    {
        var log = new Log();
        log.Try(() => Numbers(log, 3).Sum());
        var enumerator = Numbers(log, 2).GetEnumerator();
        log.Try(() => enumerator.MoveNext());
        log.Try(() => enumerator.MoveNext());
        log.Try(() => enumerator.MoveNext());
        log.Try(() => Guarded(-1));
        log.Add(Guarded(3));
        return log.ToString();
    }

    public static string The_same_enumerable_twice_and_nested()
    {
        var log = new Log();
        var numbers = Recursive(2);
        log.Add(numbers);
        log.Add(numbers);
        log.Add(Cross(numbers));
        using var first = numbers.GetEnumerator();
        using var second = numbers.GetEnumerator();
        while (first.MoveNext() && second.MoveNext())
            log.Add(first.Current * 10 + second.Current);
        log.Add(Task.Run(() => numbers.Sum()).Result);
        var guarded = Guarded(2);
        log.Add(guarded.Count() + guarded.Count());
        return log.ToString();
    }

    public static string Abandoned()
    {
        var log = new Log();
        var enumerator = Numbers(log).GetEnumerator();
        enumerator.MoveNext();
        log.Add(enumerator.Current);
        return log.ToString();
    }
}
