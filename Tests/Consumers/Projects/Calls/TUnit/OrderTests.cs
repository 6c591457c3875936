using System.Threading.Tasks;
using ProfilerWeaver;
using Shop;

public class OrderTests
{
    [Test, Profiled, Calls("Repository.Load", Exactly = 1, Per = "Api.GetOrder")]
    [MatrixDataSource]
    public async Task One_query([Matrix(1, 15)] int queries, [Matrix(1, 2, 3, 4)] int copy)
    {
        await Together.Arrive();
        await Assert.That(await Api.GetOrder(queries) + copy).IsEqualTo(queries * (queries - 1) / 2 + copy);
    }
}
