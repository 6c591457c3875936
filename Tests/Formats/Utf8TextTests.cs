using System.Text;

namespace ProfilerWeaver.Tests.Formats;

public unsafe class Utf8TextTests
{
    [TestCase("")]
    [TestCase("Name=value\n")]
    [TestCase("\u007F")]
    [TestCase("h\u00E9llo \u20AC \U0001F600")]
    public void Reads_what_was_written(string text) => Expect(Encoding.UTF8.GetBytes(text), text);

    [Test]
    public void What_is_no_utf8_is_replaced_as_by_dotnet()
    {
        byte[] damaged = [(byte)'a', 0xC3, (byte)'b', 0xED, 0xA0, 0x80, 0xFF];

        Expect(damaged, Encoding.UTF8.GetString(damaged));
    }

    static void Expect(byte[] bytes, string text)
    {
        fixed (byte* terminated = new byte[bytes.Length + 1])
        {
            bytes.CopyTo(new Span<byte>(terminated, bytes.Length));
            Assert.That(Utf8Text.Read(terminated, bytes.Length), Is.EqualTo(text));
            Assert.That(Utf8Text.Read(terminated), Is.EqualTo(text));
        }
    }
}
