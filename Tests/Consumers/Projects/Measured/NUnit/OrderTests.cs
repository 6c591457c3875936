using NUnit.Framework;
using Shop;

[assembly: LevelOfParallelism(4)]

namespace Orders;

[Parallelizable(ParallelScope.All)]
public class OrderTests
{
    [TestCase(1, "a")]
    [TestCase(15, "b/c")]
    public async Task Queries(int count, string note)
    {
        await Task.Yield();
        Assert.That(await Api.GetOrder(count), Is.EqualTo(count * (count - 1) / 2), note);
    }

    [Test]
    public void Plain() => Api.GetOrder(3).GetAwaiter().GetResult();

    [TestCase(TestName = "Named: one <test>")]
    public void Other() => Api.GetOrder(4).GetAwaiter().GetResult();

    [Test, Ignore("Has no profile.")]
    public void Skipped() => Plain();

    [Test]
    public void Fails()
    {
        Api.GetOrder(2).GetAwaiter().GetResult();
        Assert.Fail("This one fails.");
    }
}

[TestFixture(5)]
public class OtherTests(int queries)
{
    [Test]
    public void Plain() => Api.GetOrder(queries).GetAwaiter().GetResult();
}

[TestFixture(typeof(int))]
public class GenericTests<T>
{
    [Test]
    public async ValueTask Awaits() => await Api.GetOrder(6);

    [TestCase(7)]
    public void Of<TCount>(TCount count) => Api.GetOrder(Convert.ToInt32(count)).GetAwaiter().GetResult();
}
