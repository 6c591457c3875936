using System.Text;

namespace ProfilerWeaver.Tests.Export;

/// <summary>Exports of profiles, in memory.</summary>
static class Exported
{
    public static byte[] Bytes(ProfileData profile, IProfileWriter writer, ExportOptions? options = null) =>
        Bytes(new Stats(profile), writer, options);

    public static byte[] Bytes(Stats stats, IProfileWriter writer, ExportOptions? options = null)
    {
        using var output = new MemoryStream();
        writer.Write(new ExportedProfile(stats, options ?? new()), output);
        return output.ToArray();
    }

    public static string Text(ProfileData profile, IProfileWriter writer, ExportOptions? options = null) =>
        Encoding.UTF8.GetString(Bytes(profile, writer, options));
}
