using System.Threading.Tasks;
using NUnit.Framework;
using ProfilerWeaver;
using Shop;

[assembly: LevelOfParallelism(8)]

[Parallelizable(ParallelScope.All)]
public class OrderTests
{
    [Test, Profiled, Calls("Repository.Load", Exactly = 1, Per = "Api.GetOrder")]
    public async Task One_query([Values(1, 15)] int queries, [Values(1, 2, 3, 4)] int copy)
    {
        await Together.Arrive();
        Assert.That(await Api.GetOrder(queries), Is.EqualTo(queries * (queries - 1) / 2), $"{copy}");
    }
}
