namespace ProfilerWeaver.Tests.Testing;

/// <summary>Asserts on calls: what holds, and what is said of what does not.</summary>
public class CallExpectationTests
{
    const string Here = "ProfilerWeaver.Tests.Testing.CallExpectationTests";

    static readonly ProfileData Measured = new TreeText("a.cs", "a.cs", "a.cs", "a.cs", "scope")
        .Add(2, "Shop.Api.GetOrder")
        .Add(30, "Shop.Api.GetOrder", "Shop.Repository.Load")
        .Add(30, "Shop.Api.GetOrder", "Shop.Repository.Load", "{Db.Command.Execute}")
        .Add(1, "Shop.Api.GetOrder", "Shop.Cache<TKey,TValue>.Find<T>(TKey)")
        .Add(4, "GET /orders/{id}")
        .Add(8, "GET /orders/{id}", "Shop.Repository.Load")
        .Build();

    [Test]
    public void What_is_so_is_no_error()
    {
        Measured.Expect("Shop.Repository.Load").Exactly(38);
        Measured.Expect("Repository.Load").Per("Api.GetOrder").Exactly(15);
        Measured.Expect("Repository.*").Per("GetOrder").AtMost(15);
        Measured.Expect("{*Execute}").Per("Api.*").AtLeast(15);
        Measured.Expect("Repository.Load").PerScope("GET /orders/{id}").Exactly(2);
        Measured.Expect("Repository.Save").Never();
        Measured.Expect("Repository.Save").Exactly(0);
        Measured.Expect("Cache.Find").Exactly(1);
        Measured.Expect("Cache<TKey,TValue>.Find").Per("Api.GetOrder").AtMost(1);
        Measured.Expect().NoMethodCalledMoreThan(38);
        Measured.Expect().NoMethodCalledMoreThan(4, "Shop.Api.*");
    }

    [Test]
    public void Too_many_calls_are_shown_with_who_made_them() => Fails(
        () => Measured.Expect("Repository.Load").Per("Api.GetOrder").Exactly(1), """
        Repository.Load was called 30 times in 2 calls of Api.GetOrder, 15 per call; expected exactly 1.
        By whom:
          2× Shop.Api.GetOrder
            30× Shop.Repository.Load  <--
        """);

    [Test]
    public void In_total_the_calls_of_all_callers_count() => Fails(() => Measured.Expect("Repository.Load").AtMost(5), """
        Repository.Load was called 38 times; expected at most 5.
        By whom:
          2× Shop.Api.GetOrder
            30× Shop.Repository.Load  <--
          4× GET /orders/{id}
            8× Shop.Repository.Load  <--
        """);

    [Test]
    public void Without_calls_it_is_shown_what_was_called_instead() => Fails(
        () => Measured.Expect("Api.GetOrder").Per("Repository.Load").AtLeast(1), """
        Api.GetOrder was called 0 times in 38 calls of Repository.Load, 0 per call; expected at least 1.
        Called instead:
          30× Shop.Repository.Load
            30× {Db.Command.Execute}
          8× Shop.Repository.Load
        """);

    [Test]
    public void A_name_that_is_none_has_the_nearest_names() => Fails(() => Measured.Expect("Repositry.Load").Exactly(1), """
        Expected exactly 1 of Repositry.Load. The profile has no method 'Repositry.Load'. Did you mean Shop.Repository.Load? If the name is correct, the method was not called, or is not woven.
        Called instead:
          4× GET /orders/{id}
            8× Shop.Repository.Load
          2× Shop.Api.GetOrder
            30× Shop.Repository.Load
              30× {Db.Command.Execute}
            1× Shop.Cache<TKey,TValue>.Find<T>(TKey)
        """);

    [Test]
    public void Where_nothing_is_woven_the_failure_says_how_to_build() => Fails(() => new TreeText().Build().Expect("Repository.Load").Exactly(1),
        "Expected exactly 1 of Repository.Load. The profile has no method 'Repository.Load'. It has no woven method at all: build with -c Release-Profiled.");

    [Test]
    public void A_caller_that_is_none_is_an_error_even_if_nothing_is_expected() =>
        Assert.That(() => Measured.Expect("Repository.Save").Per("Api.GetOrders").Never(), Throws.TypeOf<CallExpectationException>()
            .With.Message.StartsWith("Expected no calls of Repository.Save per Api.GetOrders. The profile has no method 'Api.GetOrders'. Did you mean"));

    [Test]
    public void Methods_that_are_called_too_often_are_named() => Fails(() => Measured.Expect().NoMethodCalledMoreThan(10), """
        1 method was called more than 10 times: Shop.Repository.Load.
          2× Shop.Api.GetOrder
            30× Shop.Repository.Load  <--
          4× GET /orders/{id}
            8× Shop.Repository.Load  <--
        """);

    [Test]
    public void Methods_may_be_named_by_code()
    {
        var measured = new TreeText().Add(2, Here + ".Api.Get").Add(6, Here + ".Api.Get", Here + ".Store<T>.Load(int)")
            .Add(1, Here + ".Api.Get", Here + ".Store<T>.Store").Add(3, "{System.IO.Path.GetFileName}").Build();
        var store = new Store<string>();

        measured.Expect(store.Load).Exactly(6);
        measured.Expect(store.Load).Per(Api.Get).Exactly(3);
        measured.Expect(() => store.Load(0)).Per(() => Api.Get()).Exactly(3);
#pragma warning disable CA1806 // It is not created.
        measured.Expect(() => new Store<int>()).Exactly(1);
#pragma warning restore CA1806
        measured.Expect(() => Path.GetFileName("")).Exactly(3);
        measured.Expect(() => store.Save(0)).Never();
        Assert.That(() => measured.Expect(() => store.Save(0)).Exactly(1), Throws.TypeOf<CallExpectationException>()
            .With.Message.StartsWith($"Expected exactly 1 of {Here}.Store.Save. The profile has no method '{Here}.Store.Save'."));
    }

    static void Fails(Action assert, string message) =>
        Assert.That(assert, Throws.TypeOf<CallExpectationException>().With.Message.EqualTo(message.ReplaceLineEndings()));

    static class Api
    {
        public static void Get()
        {
        }
    }

    sealed class Store<T>
    {
        public T? Load(int id) => id == 0 ? default : throw new ArgumentOutOfRangeException(nameof(id));

        public bool Save(int id) => id > 0;
    }
}
