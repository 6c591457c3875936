namespace ProfilerWeaver.Tests.Platforms;

/// <summary>Removes what all tests of platforms share when the last of them has run.</summary>
[SetUpFixture]
public sealed class PlatformsCleanUp
{
    [OneTimeTearDown]
    public static void CleanUp()
    {
        Platform.CleanUp();
        TallyProgram.CleanUp();
    }
}
