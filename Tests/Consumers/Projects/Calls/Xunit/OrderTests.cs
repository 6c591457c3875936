using System.Threading.Tasks;
using ProfilerWeaver;
using Shop;
using Xunit;

// Classes run at the same time, and the tests of one do not.
public abstract class OrderTests(int queries)
{
    [Fact, Profiled, Calls("Repository.Load", Exactly = 1, Per = "Api.GetOrder")]
    public async Task One_query()
    {
        await Together.Arrive();
        Assert.Equal(queries * (queries - 1) / 2, await Api.GetOrder(queries));
    }
}

public class Good1() : OrderTests(1);
public class Good2() : OrderTests(1);
public class Good3() : OrderTests(1);
public class Good4() : OrderTests(1);
public class Bad1() : OrderTests(15);
public class Bad2() : OrderTests(15);
public class Bad3() : OrderTests(15);
public class Bad4() : OrderTests(15);
