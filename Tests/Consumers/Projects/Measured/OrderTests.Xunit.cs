using Shop;
using Xunit;

namespace Orders;

public class OrderTests
{
    [Theory]
    [InlineData(1, "a")]
    [InlineData(15, "b/c")]
    public async Task Queries(int count, string note)
    {
        await Task.Yield();
        Assert.Equal(count * (count - 1) / 2, await Api.GetOrder(count));
        Assert.NotNull(note);
    }

    [Fact]
    public void Plain() => Api.GetOrder(3).GetAwaiter().GetResult();

    [Fact(DisplayName = "Named: one <test>")]
    public void Other() => Api.GetOrder(4).GetAwaiter().GetResult();

    [Fact(Skip = "Has no profile.")]
    public void Skipped() => Plain();

    [Fact]
    public void Fails()
    {
        Api.GetOrder(2).GetAwaiter().GetResult();
        throw new InvalidOperationException("This one fails.");
    }
}

public class OtherTests
{
    [Fact]
    public void Plain() => Api.GetOrder(5).GetAwaiter().GetResult();
}
