namespace ProfilerWeaver.Tests.Recording;

/// <summary>When the processor's counter is the clock: where the operating system itself keeps time by it.</summary>
public class CounterTrustTests
{
    [TestCase("tsc", "tsc hpet acpi_pm", ExpectedResult = true)]
    [TestCase("tsc", "", ExpectedResult = true)]
    [TestCase("kvm-clock", "kvm-clock tsc hpet acpi_pm", ExpectedResult = true)]
    [TestCase("kvm-clock", "kvm-clock tsc", ExpectedResult = true)]
    [TestCase("kvm-clock", "kvm-clock", ExpectedResult = false)]
    [TestCase("kvm-clock", "kvm-clock tsc-early", ExpectedResult = false)]
    [TestCase("hyperv_clocksource_tsc_page", "hyperv_clocksource_tsc_page tsc acpi_pm", ExpectedResult = true)]
    [TestCase("hyperv_clocksource_tsc_page", "hyperv_clocksource_tsc_page acpi_pm", ExpectedResult = false)]
    [TestCase("hpet", "hpet tsc", ExpectedResult = false)]
    [TestCase("acpi_pm", "acpi_pm", ExpectedResult = false)]
    [TestCase("xen", "xen tsc", ExpectedResult = false)]
    [TestCase("", "", ExpectedResult = false)]
    public bool Linux_on_x64_vouches_for_it(string current, string available) =>
        CounterTrust.OfLinux(current, isX64: true, () => available).Refusal is null;

    [TestCase("arch_sys_counter", ExpectedResult = true)]
    [TestCase("tsc", ExpectedResult = false)]
    [TestCase("kvm-clock", ExpectedResult = false)]
    public bool Linux_on_ARM64_vouches_for_it(string current) =>
        CounterTrust.OfLinux(current, isX64: false, () => "tsc").Refusal is null;

    [TestCase(false, ExpectedResult = true)]
    [TestCase(true, ExpectedResult = false)]
    public bool A_Windows_guest_needs_the_hypervisors_promise(bool isGuestWithoutSteadyCounter) =>
        CounterTrust.OfWindows(10_000_000, isWine: false, isGuestWithoutSteadyCounter).Refusal is null;

    [Test]
    public void What_is_refused_says_why()
    {
        Assert.That(CounterTrust.OfLinux("kvm-clock", isX64: true, () => "kvm-clock").Refusal,
            Is.EqualTo("Linux keeps time by kvm-clock and does not offer tsc beside it, which it may have found unstable"));
        Assert.That(CounterTrust.OfLinux("hpet", isX64: true, () => "hpet tsc").Refusal,
            Is.EqualTo("Linux keeps time by hpet, not by tsc"));
    }

    [Test]
    [Platform("Linux")]
    public void The_source_of_this_machine_is_found() =>
        Assert.That(CounterTrust.Find().Source,
            Is.EqualTo(File.ReadAllText("/sys/devices/system/clocksource/clocksource0/current_clocksource").Trim()));
}
