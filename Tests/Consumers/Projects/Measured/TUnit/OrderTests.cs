using Shop;

namespace Orders;

public class OrderTests
{
    [Test]
    [Arguments(1, "a")]
    [Arguments(15, "b/c")]
    public async Task Queries(int count, string note)
    {
        await Task.Yield();
        await Assert.That(await Api.GetOrder(count)).IsEqualTo(count * (count - 1) / 2).Because(note);
    }

    [Test]
    public void Plain() => Api.GetOrder(3).GetAwaiter().GetResult();

    [Test, DisplayName("Named: one <test>")]
    public void Other() => Api.GetOrder(4).GetAwaiter().GetResult();

    [Test, Skip("Has no profile.")]
    public void Skipped() => Plain();

    [Test]
    public void Fails()
    {
        Api.GetOrder(2).GetAwaiter().GetResult();
        throw new InvalidOperationException("This one fails.");
    }
}

public class OtherTests
{
    [Test]
    public void Plain() => Api.GetOrder(5).GetAwaiter().GetResult();
}
