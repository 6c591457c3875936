using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Samples;

/// <summary>Samples/WebShop under a thousand requests at once: each route is a scope, with exactly the calls that its code implies.
/// </summary>
public class WebShopTests
{
    const int Requests = 200;
    const string Read = "{GetFromJsonAsync}";

    static readonly string Program = Path.Combine(PackageFeed.Repository, "Samples", "WebShop", "bin",
        Path.GetFileName(Path.GetDirectoryName(TestContext.CurrentContext.TestDirectory))!, "net10.0", "WebShop.dll");

    static ProfileData s_ofAllRoutes = null!;

    ProfileData profile = s_ofAllRoutes;

    [OneTimeSetUp]
    public static async Task SendAll() => s_ofAllRoutes = await ProfileOf(Requests, Send);

    [Test]
    public void All_products_are_one_query() => Expect("GET /products", Requests, """
        Catalogue.Catalogue 1
        Product.Id 10
        Product.Name 10
        Product.Price 10
        ProductRoutes.All 1
          Catalogue.All 1
            ShopContext.Products 1
            ShopContext.ShopContext 1
            {ToListAsync} 1
              Product.Product 10
        response status=200 1

        """);

    // Quotes ask for their three products by requests of their own.
    [Test]
    public void A_product_is_three_queries_at_once() => Expect("GET /products/{id:int}", Requests + 3 * Requests, """
        Catalogue.Catalogue 1
        Product.Id 1
        Product.Name 1
        Product.Price 1
        ProductDetails.Product 1
        ProductDetails.Reviews 1
        ProductDetails.Stock 1
        ProductRoutes.Details 1
          Catalogue.Find 1
            ShopContext.Products 1
            ShopContext.ShopContext 1
            {SingleAsync} 1
              Product.Product 1
          Catalogue.Reviews 1
            ShopContext.Reviews 1
            ShopContext.ShopContext 1
            {ToListAsync} 1
              Review.Review 2
          Catalogue.Stock 1
            ShopContext.ShopContext 1
            ShopContext.Stock 1
            {SumAsync} 1
          ProductDetails.ProductDetails 1
          {WhenAll} 1
        Review.Id 2
        Review.ProductId 2
        Review.Stars 2
        Review.Text 2
        response status=200 1

        """);

    [Test]
    public void An_order_is_one_query() => Expect("GET /orders/{id:int}", Requests, """
        OrderBook.OrderBook 1
        OrderDetails.Id 1
        OrderDetails.Lines 1
        OrderLine.Id 3
        OrderLine.OrderId 3
        OrderLine.ProductId 3
        OrderLine.Quantity 3
        OrderRoutes.Find 1
          OrderBook.Lines 1
            OrderBookOptions.HasNPlusOne 1
            ShopContext.Lines 1
            ShopContext.ShopContext 1
            {ToListAsync} 1
              OrderLine.OrderLine 3
          OrderDetails.OrderDetails 1
        response status=200 1

        """);

    // What comes back is read by code that nobody waits for on a stack: it is the scope's.
    [Test]
    public void A_quote_is_three_requests_to_itself() => Expect("GET /orders/{id:int}/quote", Requests, """
        OrderBook.OrderBook 1
        OrderRoutes.Quote 1
          OrderBook.Lines 1
            OrderBookOptions.HasNPlusOne 1
            ShopContext.Lines 1
            ShopContext.ShopContext 1
            {ToListAsync} 1
              OrderLine.OrderLine 3
          Quote.Quote 1
          {WhenAll} 1
            OrderRoutes.Quote.<lambda> 3
              OrderRoutes.Amount 3
                OrderLine.ProductId 3
                OrderLine.Quantity 3
                PriceList.Of 3
                  PriceList.Address 3
                  Product.Price 3
                  ProductDetails.Product 3
                  {GetFromJsonAsync} 3
        PriceList.PriceList 1
        Product.Product 3
        ProductDetails.ProductDetails 3
        Quote.OrderId 1
        Quote.Total 1
        Review.Review 6
        response status=200 1

        """);

    // The order is written by the hosted service.
    [Test]
    public void A_placed_order_is_one_query_and_waits() => Expect("POST /products/{id:int}/order", Requests, """
        Catalogue.Catalogue 1
        OrderRoutes.Place 1
          Catalogue.Find 1
            ShopContext.Products 1
            ShopContext.ShopContext 1
            {SingleAsync} 1
              Product.Product 1
          OrderDesk.Place 1
            OrderDesk.Placed.Number 1
            OrderDesk.Placed.Placed 1
          Product.Price 1
          Receipt.Receipt 1
        Receipt.OrderId 1
        Receipt.Total 1
        response status=200 1

        """);

    [Test]
    public void Nothing_is_beside_the_routes_but_the_program_and_its_service()
    {
        var roots = Roots(profile).ToList();

        var requests = roots.Where(IsScope).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(roots.Except(requests).Select(NameOf).Distinct(), Is.EquivalentTo(new[] { "Program.Main", "OrderDesk.ExecuteAsync" }));
            Assert.That(requests.Sum(root => root.Calls), Is.EqualTo(8 * Requests));
            Assert.That(requests.Select(NameOf).Distinct().Count(), Is.EqualTo(5));
            Assert.That(requests.Sum(root => root.OpenCalls), Is.Zero);
        }
    }

    [Test]
    public void All_routes_together_are_the_whole()
    {
        var all = All(profile).ToList();
        var scopes = Roots(profile).Where(IsScope).ToList();
        var requests = scopes.SelectMany(SelfAndBelow).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scopes.Sum(scope => scope.CumulativeTicks), Is.EqualTo(requests.Sum(context => context.SelfTicks)));
            foreach (var query in new[] { "Catalogue.All", "Catalogue.Find", "Catalogue.Stock", "Catalogue.Reviews", "OrderBook.Lines" })
            {
                Assert.That(requests.Where(context => NameOf(context) == query).Sum(context => context.Calls),
                    Is.EqualTo(all.Where(context => NameOf(context) == query).Sum(context => context.Calls)), query);
            }
        }
    }

    [Test]
    public void By_thread_there_is_the_same_time_to_the_tick()
    {
        var written = All(profile).ToList();
        var byThread = All(profile.ByThread()).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(byThread.Sum(context => context.SelfTicks), Is.EqualTo(written.Sum(context => context.SelfTicks)));
            Assert.That(byThread.Sum(context => context.Calls), Is.EqualTo(written.Sum(context => context.Calls)));
            Assert.That(byThread.Sum(context => context.Resumes), Is.EqualTo(written.Sum(context => context.Resumes)));
            Assert.That(byThread.Count(context => NameOf(context) == "OrderRoutes.Quote"), Is.GreaterThan(1));
        }
    }

    [Test]
    public async Task The_seeded_mistake_is_seen_as_queries_in_a_loop()
    {
        profile = await ProfileOf(requests: 10, (client, number) => Get(client, $"/orders/{number}"), "--n-plus-one");

        Expect("GET /orders/{id:int}", 10, """
            OrderBook.OrderBook 1
            OrderDetails.Id 1
            OrderDetails.Lines 1
            OrderLine.Id 3
            OrderLine.OrderId 3
            OrderLine.ProductId 3
            OrderLine.Quantity 3
            OrderRoutes.Find 1
              OrderBook.Lines 1
                OrderBook.Line 3
                  ShopContext.Lines 3
                  {SingleAsync} 3
                    OrderLine.OrderLine 3
                OrderBookOptions.HasNPlusOne 1
                ShopContext.Lines 1
                ShopContext.ShopContext 1
                {ToListAsync} 1
              OrderDetails.OrderDetails 1
            response status=200 1

            """);
    }

    // One request of each route. The number chooses among products and orders.
    static Task Send(HttpClient client, int number) => Task.WhenAll(
        Get(client, "/products"),
        Get(client, $"/products/{1 + number % 10}"),
        Get(client, $"/orders/{1 + number % 20}"),
        Get(client, $"/orders/{1 + number % 20}/quote"),
        Order(client, 1 + number % 10));

    static async Task Order(HttpClient client, int product)
    {
        using var answer = await client.PostAsync(new Uri($"/products/{product}/order", UriKind.Relative), content: null);
        answer.EnsureSuccessStatusCode();
    }

    static Task<string> Get(HttpClient client, string path) => client.GetStringAsync(new Uri(path, UriKind.Relative));

    static async Task<ProfileData> ProfileOf(int requests, Func<HttpClient, int, Task> send, params string[] arguments)
    {
        using var tool = new ProfTool();
        using var running = tool.Begin(["-o", "shop.prof", Program, "--urls", "http://127.0.0.1:0", .. arguments]);
        var line = running.WaitFor("Now listening on:");
        using var client = new HttpClient { BaseAddress = new(line[line.IndexOf("http", StringComparison.Ordinal)..]) };
        await Task.WhenAll(Enumerable.Range(1, requests).Select(number => send(client, number)));
        running.Signal("TERM");
        var result = running.End();
        Assert.That(result.Errors, Does.EndWith(tool.Saved("shop.prof")));
        return ProfFile.Read(tool["shop.prof"]).Recording!;
    }

    // Woven methods and, of the others, those that go elsewhere; calls are those of one request.
    void Expect(string route, int requests, string expected)
    {
        var scopes = All(profile).Where(context => IsScope(context) && NameOf(context) == NameOf(route)).ToList();
        Assert.That(scopes.Sum(scope => scope.Calls), Is.EqualTo(requests));
        var text = new StringBuilder();
        // An answer that has come already is read at once, and another one when nobody waits for it on a stack.
        var reading = scopes.SelectMany(SelfAndBelow).Where(context => NameOf(context) == Read).SelectMany(context => context.Children);
        Append(text, [.. scopes.SelectMany(scope => scope.Children), .. reading], requests, "");
        Assert.That(text.ToString(), Is.EqualTo(expected));
    }

    // Contexts of several threads are one, and the order of their first calls is chance.
    void Append(StringBuilder text, List<CallNode> contexts, int requests, string indent)
    {
        var groups = contexts.SelectMany(Shown).GroupBy(NameOf).OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var calls = group.Sum(context => context.Calls);
            text.Append(indent).Append(group.Key).Append(' ')
                .Append(calls % requests == 0 ? (calls / requests).ToString(CultureInfo.InvariantCulture) : $"{calls}/{requests}").Append('\n');
            if (group.Key != Read)
                Append(text, [.. group.SelectMany(context => context.Children)], requests, indent + "  ");
        }
    }

    IEnumerable<CallNode> Shown(CallNode context) =>
        !profile.Methods[context.Method].IsExternal || NameOf(context) is "{SingleAsync}" or "{SumAsync}" or "{ToListAsync}"
            or "{WhenAll}" or Read
            ? [context]
            : context.Children.SelectMany(Shown);

    bool IsScope(CallNode context) => profile.Methods[context.Method].File == "scope";

    // As the middleware names the scope of a request.
    static string NameOf(string request)
    {
        var parts = request.Split(' ');
        return $"request method={parts[0]} route={parts[1]}";
    }

    // Without namespaces and parameters.
    string NameOf(CallNode context)
    {
        var label = profile.Methods[context.Method];
        if (!label.IsExternal)
            return Regex.Replace(label.Name.Split('(')[0], @"^WebShop\.(Data\.|Routes\.)?", "");
        return $"{{{label.Name[(label.Name.LastIndexOf('.') + 1)..].TrimEnd('>')}}}";
    }

    static IEnumerable<CallNode> Roots(ProfileData profile) => profile.Threads.SelectMany(thread => thread.Root.Children);

    static IEnumerable<CallNode> All(ProfileData profile) => Roots(profile).SelectMany(SelfAndBelow);

    static IEnumerable<CallNode> SelfAndBelow(CallNode context) => context.Children.SelectMany(SelfAndBelow).Prepend(context);
}
