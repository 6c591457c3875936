namespace Scenarios.Corpus;

public static class NothingThrown
{
    class Plain(int number, string text)
    {
        public int Number { get; set; } = number;

        public readonly string Text = text;

        public static int Shared;

        public int Sum(int other) => Shared + other * 2;

        public Type Kind() => typeof(Plain);

        public void Forget() => Shared = default;
    }

    struct Pair
    {
        public int Left { get; set; }

        public Pair Copy() => this;
    }

    static class Prepared
    {
        public static int count = int.Parse("7", System.Globalization.CultureInfo.InvariantCulture);

        public static int Count() => count;
    }

    class Throwing
    {
        public Plain? Other;

        public int Followed() => Other!.Number2();

        public int Field() => Another!.number;

        public int[] Items = [];

        public Throwing? Another;

        public int number;

        public int Item(int index) => Items[index];

        public int Ratio(int divisor) => number / divisor;

        public int Exact(int other) => checked(number + other);

        public string Cast(object value) => (string)value;
    }

    static int Number2(this Plain plain) => plain.Number;

    public static string Small_bodies_do_what_they_did()
    {
        var log = new Log();
        var plain = new Plain(3, "three") { Number = 5 };
        log.Try(() => plain.Sum(2));
        log.Try(() => plain.Text + plain.Kind().Name);
        Plain.Shared = plain.Number;
        plain.Forget();
        log.Try(() => plain.Number + Plain.Shared);
        log.Try(() => new Pair { Left = 4 }.Copy().Left);
        log.Try(() => Prepared.Count());
        return log.ToString();
    }

    public static string What_can_throw_throws()
    {
        var log = new Log();
        var throwing = new Throwing();
        log.Try(() => throwing.Field());
        log.Try(() => throwing.Followed());
        log.Try(() => throwing.Item(1));
        log.Try(() => throwing.Ratio(0));
        throwing.number = int.MaxValue;
        log.Try(() => throwing.Exact(1));
        log.Try(() => throwing.Cast(1));
        return log.ToString();
    }
}
