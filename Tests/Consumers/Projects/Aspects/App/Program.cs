using AspectInjector.Broker;

// Advices around and after async methods, iterators and a generic method. All runs on one thread, in one order.
var run = Service.Run();
Service.Gate.SetResult();
await run;
Console.WriteLine(Generic<string>.Make(3) + " " + string.Join(",", Service.Numbers(3)));

[Aspect(Scope.Global), Injection(typeof(LogAspect))]
public class LogAspect : Attribute
{
    [Advice(Kind.Around, Targets = Target.Method)]
    public object Around([Argument(Source.Name)] string name, [Argument(Source.Target)] Func<object[], object> target,
        [Argument(Source.Arguments)] object[] args)
    {
        Console.WriteLine("> " + name);
        try
        {
            return target(args);
        }
        finally
        {
            Console.WriteLine("< " + name);
        }
    }

    [Advice(Kind.After, Targets = Target.Method)]
    public void After([Argument(Source.Name)] string name) => Console.WriteLine("after " + name);
}

public static class Service
{
    public static readonly TaskCompletionSource Gate = new();

    [LogAspect]
    public static async Task<int> Work(int n)
    {
        await Gate.Task;
        return n > 1 ? throw new FormatException("n") : n;
    }

    [LogAspect]
    public static IEnumerable<int> Numbers(int n)
    {
        for (var i = 0; i < n; i++)
            yield return i;
    }

    [LogAspect]
    public static async Task Run()
    {
        Console.WriteLine(await Work(1));
        try
        {
            await Work(2);
        }
        catch (FormatException e)
        {
            Console.WriteLine(e.Message);
        }
    }
}

public class Generic<T>
{
    [LogAspect]
    public static string Make<U>(U u)
        where U : struct => typeof(T).Name + u;
}
