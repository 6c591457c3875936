namespace ProfilerWeaver.Tool;

/// <summary>What is said of a profile whose table was read, but not what lies behind it.</summary>
static class DamageText
{
    public static string Of(InvalidProfileException damage) =>
        $"of a profile only the table could be read, not the call tree behind it: {damage.Message}";
}
