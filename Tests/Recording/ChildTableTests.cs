namespace ProfilerWeaver.Tests.Recording;

/// <summary>The index of contexts, which grows a little with every entry.</summary>
public unsafe class ChildTableTests
{
    readonly RecorderMemory memory = new();

    [Test]
    public void Every_entry_is_found_at_every_size()
    {
        const int Entries = 5000;
        var table = default(ChildTable);
        var nodes = (Node*)memory.Allocate(Entries * Node.Size);
        for (var i = 0; i < Entries; i++)
        {
            nodes[i].Method = i;
            table.Add(&nodes[i / 7], &nodes[i], null, memory);
            for (var j = i; j >= 0; j -= 1 + i / 100)
                Assert.That(table.Find(&nodes[j / 7], j) == &nodes[j], Is.True, $"{j} of {i}");
            Assert.That(table.Find(&nodes[i / 7], i + 1) == null, Is.True);
        }
        table.Clear(memory);
    }

    [Test]
    public void What_it_takes_is_counted_until_it_is_given_back()
    {
        var table = default(ChildTable);
        const int Entries = 100_000;
        var nodes = (Node*)memory.Allocate(Entries * Node.Size);
        var before = memory.Used;
        for (var i = 0; i < Entries; i++)
        {
            nodes[i].Method = i;
            table.Add(nodes, &nodes[i], null, memory);
            Assert.That(memory.Used - before, Is.InRange(32L * i, 96L * (i + 256)));
        }
        table.Clear(memory);

        Assert.That(memory.Used, Is.EqualTo(before));
        Assert.That(table.Find(nodes, 1) == null, Is.True);
    }

    [TestCase(1000)]
    [TestCase(100_000)]
    public void The_former_table_is_gone_before_the_next_one_is_needed(int entries)
    {
        var table = default(ChildTable);
        var nodes = (Node*)memory.Allocate(entries * Node.Size);
        var before = memory.Used;
        var growths = 0;
        for (var i = 0; i < entries; i++)
        {
            nodes[i].Method = i;
            if (table.NeededFor(1) > 0)
            {
                growths++;
                // One table, half full.
                Assert.That(memory.Used - before, Is.EqualTo(32L * i));
            }
            table.Add(nodes, &nodes[i], null, memory);
        }
        table.Clear(memory);

        Assert.That(growths, Is.GreaterThan(2));
    }
}
