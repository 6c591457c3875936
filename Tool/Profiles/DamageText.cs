namespace ProfilerWeaver.Tool;

/// <summary>What is said of a profile whose table was read, but not what lies behind it.</summary>
static class DamageText
{
    public static string Of(InvalidProfileException damage) =>
        $"only the table of a profile could be read, not the call tree that follows it: {damage.Message}";
}
