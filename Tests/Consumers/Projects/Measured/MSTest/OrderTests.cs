using Microsoft.VisualStudio.TestTools.UnitTesting;
using Shop;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel, Workers = 4)]

namespace Orders;

[TestClass]
public class OrderTests
{
    [TestMethod]
    [DataRow(1, "a")]
    [DataRow(15, "b/c")]
    public async Task Queries(int count, string note)
    {
        await Task.Yield();
        Assert.AreEqual(count * (count - 1) / 2, await Api.GetOrder(count), note);
    }

    [TestMethod]
    public void Plain() => Api.GetOrder(3).GetAwaiter().GetResult();

    [TestMethod(DisplayName = "Named: one <test>")]
    public void Other() => Api.GetOrder(4).GetAwaiter().GetResult();

    [TestMethod, Ignore("Has no profile.")]
    public void Skipped() => Plain();

    [TestMethod]
    public void Fails()
    {
        Api.GetOrder(2).GetAwaiter().GetResult();
        Assert.Fail("This one fails.");
    }
}

[TestClass]
public class OtherTests
{
    [TestMethod]
    public void Plain() => Api.GetOrder(5).GetAwaiter().GetResult();
}
