namespace Scenarios.Corpus;

// C# 14: extension members
static class Extended
{
    extension(string text)
    {
        public int Words => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

        public string Repeat(int count) =>
            count >= 0 ? string.Concat(Enumerable.Repeat(text, count)) : throw new ArgumentException("negative");

        public static string Quote(string what) => $"'{what}'";
    }

    extension<T>(IEnumerable<T> source)
        where T : IComparable<T>
    {
        public T Largest
        {
            get
            {
                var found = false;
                T largest = default!;
                foreach (var item in source)
                {
                    if (!found || item.CompareTo(largest) > 0)
                        largest = item;
                    found = true;
                }
                return found ? largest : throw new InvalidOperationException("empty");
            }
        }

        public IEnumerable<T> Above(T limit)
        {
            foreach (var item in source)
            {
                if (item.CompareTo(limit) > 0)
                    yield return item;
            }
        }

        public static IEnumerable<T> operator +(IEnumerable<T> left, IEnumerable<T> right) => left.Concat(right);
    }

    extension(ref int number)
    {
        public void Double() => number *= 2;
    }

    public static int Classic(this string text) => text.Length;

    public static async Task<int> ClassicAsync(this Task<int> task) => await task + 1;
}

public static class Extensions
{
    public static async Task<string> Extension_members()
    {
        var log = new Log();
        log.Add("two words".Words);
        log.Try(() => "ab".Repeat(3));
        log.Try(() => "ab".Repeat(-1));
        log.Add(string.Quote("q"));
        log.Add(new[] { 3, 9, 4 }.Largest);
        log.Try(() => Array.Empty<int>().Largest);
        log.Add(new[] { 3, 9, 4 }.Above(3));
        IEnumerable<int> numbers = [1];
        log.Add(numbers + [2, 3]);
        var number = 4;
        number.Double();
        log.Add(number);
        log.Add("classic".Classic() + await Task.FromResult(1).ClassicAsync());
        return log.ToString();
    }
}
