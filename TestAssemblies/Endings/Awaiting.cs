using ProfilerWeaver;

namespace Scenarios;

/// <summary>Three operations, each of which waits once in a scope.</summary>
static class Awaiting
{
    public static int Run()
    {
        for (var i = 0; i < 3; i++)
            Handle().GetAwaiter().GetResult();
        return 0;
    }

    static async Task Handle()
    {
        using (Profile.Scope("operation"))
        {
            Work.Do();
            await Task.Yield();
            Work.Do();
        }
    }
}
