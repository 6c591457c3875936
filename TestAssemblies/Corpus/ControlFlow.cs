namespace Scenarios.Corpus;

// MethodBoundaryAspect.Fody#66, #88; inversionhourglass/Rougamo#51; microsoft/CLRInstrumentationEngine#443
public static class ControlFlow
{
    static int OfString(string? text)
    {
        switch (text)
        {
            case "zero": return 0;
            case "one": return 1;
            case "two": return 2;
            case "three": return 3;
            case "four":
            case "vier": return 4;
            case "five": goto case "one";
            case "six": goto default;
            case "seven": throw new ArgumentException("seven");
            case null: return -1;
            default: return -2;
        }
    }

    static int OfSpan(ReadOnlySpan<char> text) =>
        text switch { "a" => 1, "bc" => 2, [] => 0, [.., 'z'] => 26, _ => -1 };

    public static string Switch_on_strings()
    {
        var log = new Log();
        foreach (var text in new[] { "zero", "one", "two", "three", "four", "vier", "five", "six", "seven", null, "x" })
            log.Try(() => OfString(text));
        foreach (var text in new[] { "a", "bc", "", "xyz", "q" })
            log.Add(OfSpan(text));
        return log.ToString();
    }

    abstract record Shape
    {
        public virtual int Size => ToString().Length;
    }

    record Circle(int Radius) : Shape;

    record Box(int Width, int Height, Shape? Inner = null) : Shape;

    static string Match(object? value) => value switch
    {
        null => "nothing",
        int and (< 0 or > 100) => "far",
        int n when n % 2 == 0 => $"even {n}",
        int => "odd",
        string { Length: > 3 } s and not "none" => s[1..^1],
        Circle { Radius: var r } => $"circle {r}",
        Box(var w, var h, Circle(3)) when w == h => "square around 3",
        Box { Inner.Size: > 4 } => "box",
        Box(1 or 2, _, _) => "thin",
        (int a, string b) => $"{a}{b}",
        int[] and [1, .. var middle, 9] => $"{middle.Length} between",
        int[] and [] => "empty",
        IEnumerable<int> => "numbers",
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    public static string Patterns()
    {
        var log = new Log();
        foreach (var value in new object?[]
        {
            null, -1, 200, 4, 7, "none", "some", "abc", new Circle(2), new Box(4, 4, new Circle(3)), new Box(1, 5),
            (1, "x"), new Box(6, 6, new Circle(1)), new[] { 1, 2, 3, 9 },
            Array.Empty<int>(), new List<int>(), 1.5, new Box(7, 7),
        })
        {
            log.Try(() => Match(value));
        }
        return log.ToString();
    }

    static int Jumps(int n)
    {
        var steps = 0;
    again:
        steps++;
        if (n % 2 == 0)
        {
            n /= 2;
            if (n == 0)
                goto end;
            goto again;
        }
        for (; ; )
        {
            for (var i = 0; i < 10; i++)
            {
                if (i == 3)
                    goto found;
            }
        }
    found:
        n--;
        if (steps < 50)
            goto again;
    end:
        return steps;
    }

    public static string Goto() => $"{Jumps(0)} {Jumps(5)} {Jumps(64)}";

    static int Checked(int a, int b, Func<int, int, int> operation)
    {
        checked
        {
            return operation(a, b) + (int)(uint)a;
        }
    }

    public static string Checked_arithmetic()
    {
        var log = new Log();
        log.Try(() => Checked(1, 2, (a, b) => checked(a + b)));
        log.Try(() => Checked(int.MaxValue, 2, (a, b) => checked(a * b)));
        log.Try(() => Checked(-1, 2, (a, b) => a));
        log.Try(() => Checked(1, 0, (a, b) => a / b));
        log.Try(() => Checked(int.MaxValue, 2, (a, b) => unchecked(a * b)));
        log.Try(() => (byte)unchecked(300 + log.ToString().Length * 0));
        return log.ToString();
    }

    static int Loops(int[] numbers)
    {
        var sum = 0;
        foreach (var number in numbers)
        {
            if (number < 0)
                continue;
            var i = number;
            do
            {
                sum += i;
                if (sum > 1000)
                    return sum;
            }
            while (--i > 0);
        }
        while (sum > 10)
            sum = sum / 2 is var half and > 7 ? half : 3;
        return sum;
    }

    public static string Loops() => $"{Loops([1, -2, 3])} {Loops([])} {Loops([2000])} {Loops([9, 9])}";

    static T Default<T>(bool returnDefault, Func<T> make)
    {
        if (returnDefault)
            return default!;
        return make();
    }

    public static string Default_values()
    {
        var log = new Log();
        log.Add(Default(true, () => 1));
        log.Add(Default(true, () => "x"));
        log.Add(Default(true, () => DateTime.UnixEpoch).Ticks);
        log.Add(Default<decimal?>(true, () => 1));
        log.Add(Default<(int, string)>(true, () => (1, "")));
        log.Add(Default(false, () => 'c'));
        log.Try(() => Default<int>(false, () => throw new TimeoutException("late")));
        return log.ToString();
    }

    static int? Conditional(string? text) => text?.Trim()?.Length switch { 0 => null, { } n => n, null => -1 };

    public static string Null_operators()
    {
        string? cache = null;
        var made = 0;
        string Cached() => cache ??= $"made {++made}";
        return $"{Conditional(null)} {Conditional(" ") ?? 7} {Conditional(" ab ")} {Cached()} {Cached()}";
    }

    public static string Local_functions()
    {
        var calls = 0;
        return $"{Fibonacci(10)} {Gcd(48, 18)} {calls} {Twice(Add, 5)} {Inner(3)}";

        int Fibonacci(int n)
        {
            calls++;
            return n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
        }

        static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);

        static T Twice<T>(Func<T, T> function, T value) => function(function(value));

        int Add(int n) => n + calls;

        int Inner(int depth)
        {
            return Deeper(depth);

            int Deeper(int level) => level == 0 ? depth : Inner(level - 1) + Deeper(0);
        }
    }

    public static string Closures()
    {
        var actions = new List<Func<int>>();
        for (var i = 0; i < 3; i++)
        {
            var copy = i;
            foreach (var factor in new[] { 1, 10 })
                actions.Add(() => copy++ * factor + i);
        }
        return string.Join(" ", actions.Concat(actions).Select(action => action()));
    }
}
