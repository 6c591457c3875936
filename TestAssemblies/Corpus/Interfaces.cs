using System.Collections;

namespace Scenarios.Corpus;

public static class Interfaces
{
    interface IGreeter
    {
        static int greetings;

        string Name { get; }

        string Greet() => $"Hello {Name}, {Count(this)}";

        private static int Count(IGreeter greeter) =>
            greeter.Name.Length > 0 ? ++greetings : throw new ArgumentException("nameless");
    }

    interface ILoud : IGreeter
    {
        string IGreeter.Greet() => Name.ToUpperInvariant() + "!";
    }

    sealed class Greeter(string name) : IGreeter
    {
        string IGreeter.Name => name;
    }

    struct Loud : ILoud
    {
        public string Name => "loud";
    }

    public static string Default_interface_members()
    {
        var log = new Log();
        IGreeter.greetings = 0;
        log.Try(() => ((IGreeter)new Greeter("Ann")).Greet());
        log.Try(() => ((IGreeter)new Greeter("")).Greet());
        log.Try(() => ((IGreeter)new Loud()).Greet());
        return log.ToString();
    }

    interface IMonoid<T>
        where T : IMonoid<T>
    {
        static abstract T Zero { get; }

        static abstract T operator +(T left, T right);

        static virtual string Describe(T value) => $"<{value}>";
    }

    readonly record struct Sum(int Value) : IMonoid<Sum>
    {
        public static Sum Zero => new(0);

        public static Sum operator +(Sum left, Sum right) =>
            right.Value == 13 ? throw new ArgumentException("unlucky") : new(left.Value + right.Value);
    }

    sealed record Joined(string Text) : IMonoid<Joined>
    {
        static Joined IMonoid<Joined>.Zero => new("");

        static Joined IMonoid<Joined>.operator +(Joined left, Joined right) => new(left.Text + right.Text);

        static string IMonoid<Joined>.Describe(Joined value) => value.Text.Length.ToString();
    }

    static string Fold<T>(params T[] values)
        where T : IMonoid<T>
    {
        var result = T.Zero;
        foreach (var value in values)
            result += value;
        return T.Describe(result);
    }

    public static string Static_abstract_members()
    {
        var log = new Log();
        log.Try(() => Fold(new Sum(1), new Sum(2)));
        log.Try(() => Fold(new Sum(13)));
        log.Try(() => Fold(new Joined("a"), new Joined("bc")));
        log.Try(() => Parse<double>("1.5") + Parse<int>("2"));
        log.Try(() => Parse<int>("x"));
        return log.ToString();
    }

    static T Parse<T>(string text)
        where T : IParsable<T> => T.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    sealed class Numbers : IReadOnlyCollection<int>, IEnumerator<int>, ICloneable, IDisposable
    {
        int current;

        int IReadOnlyCollection<int>.Count => 3;

        int IEnumerator<int>.Current => current;

        object IEnumerator.Current => throw new NotSupportedException("object");

        IEnumerator<int> IEnumerable<int>.GetEnumerator() => this;

        IEnumerator IEnumerable.GetEnumerator() => this;

        bool IEnumerator.MoveNext() => ++current <= 3;

        void IEnumerator.Reset() => current = 0;

        object ICloneable.Clone() => MemberwiseClone();

        void IDisposable.Dispose() => current = -100;
    }

    public static string Explicit_interface_implementations()
    {
        var log = new Log();
        IReadOnlyCollection<int> numbers = new Numbers();
        log.Add(numbers.Count);
        foreach (var number in numbers)
            log.Add(number);
        log.Try(() => ((IEnumerable)numbers).Cast<object>().First());
        log.Add(((ICloneable)numbers).Clone().GetType());
        return log.ToString();
    }

    class Animal
    {
        public virtual Animal Child() => new();

        public virtual object Sound => "none";
    }

    sealed class Dog : Animal
    {
        public override Dog Child() => new();

        public override string Sound => "woof";
    }

    interface IProducer<out T>
    {
        T Produce();
    }

    interface IConsumer<in T>
    {
        string Consume(T value);
    }

    sealed class Kennel : IProducer<Dog>, IConsumer<Animal>
    {
        Dog IProducer<Dog>.Produce() => new();

        public string Consume(Animal animal) => animal.Sound.ToString()!;
    }

    public static string Variance_and_covariant_returns()
    {
        var kennel = new Kennel();
        IProducer<Animal> producer = kennel;
        IConsumer<Dog> consumer = kennel;
        Animal dog = new Dog();
        return $"{producer.Produce().Sound} {consumer.Consume(new())} " +
            $"{dog.Child().GetType().Name} {new Animal().Child().Sound}";
    }
}
