using ProfilerWeaver;

namespace Workloads;

/// <summary>Scopes that contain nothing.</summary>
[NoProfile]
public static class Scopes
{
    public static void Opened(int calls)
    {
        for (var i = 0; i < calls; i++)
            Profile.Scope("GET /orders/{id}").Dispose();
    }
}
