namespace ProfilerWeaver.Tests;

/// <summary>All tests that record in this process share its memory, and what was recorded in it is never given back: how much
/// those before one have taken must not truncate the trees of the next. Those that truncate set a limit of their own.</summary>
[SetUpFixture]
public static class MemoryOfAllTests
{
    [OneTimeSetUp]
    public static void Limit() => RecorderMemory.OfProcess.Limit = 1L << 40;
}
