namespace ProfilerWeaver.Tests.Recording;

/// <summary>Children of contexts: a few, which are looked through, and many, which are in a table.</summary>
public unsafe class ChildrenTests
{
    readonly RecorderMemory memory = new();

    [Test]
    public void Each_is_found_and_no_other([Range(0, Children.Few + 2)] int count)
    {
        var children = default(Children);
        var pool = default(NodePool);
        var parent = pool.Add(Node.RootMethod, memory);
        var added = new nint[count];
        for (var i = 0; i < count; i++)
        {
            Assert.That(children.Find(parent, i) == null, Is.True);
            added[i] = (nint)pool.Add(i, memory);
            children.Add(parent, (Node*)added[i], memory);
        }

        for (var i = 0; i < count; i++)
            Assert.That((nint)children.Find(parent, i), Is.EqualTo(added[i]));
        Assert.That(children.Find(parent, count) == null, Is.True);
        Assert.That(parent->HasIndexedChildren, Is.EqualTo(count > Children.Few));
        Assert.That(RingOf(parent), Is.EqualTo(added));
        children.Clear(memory);
    }

    [Test]
    public void Continuations_are_told_by_what_they_continue([Range(1, Children.Few + 2)] int count)
    {
        const int Method = 5;
        var children = default(Children);
        var pool = default(NodePool);
        var parent = pool.Add(Node.RootMethod, memory);
        var origins = new nint[count];
        for (var i = 0; i < count; i++)
        {
            origins[i] = (nint)pool.AddAsync(Method, null, memory);
            children.Add(parent, (Node*)pool.AddAsync(Method + 1, (Node*)origins[i], memory), memory);
        }
        Assert.That(children.Find(parent, Method + 1) == null, Is.True);
        var without = (Node*)pool.AddAsync(Method + 1, null, memory);
        children.Add(parent, without, memory);

        Assert.That(children.Find(parent, Method + 1) == without, Is.True);
        foreach (var origin in origins)
            Assert.That((nint)((AsyncNode*)children.FindContinuation(parent, (Node*)origin))->Origin, Is.EqualTo(origin));
        Assert.That(children.FindContinuation(parent, parent) == null, Is.True);
        children.Clear(memory);
    }

    [Test]
    public void What_is_counted_as_needed_is_what_is_taken()
    {
        var children = default(Children);
        var pool = default(NodePool);
        var parent = pool.Add(Node.RootMethod, memory);
        for (var i = 0; i < 1000; i++)
        {
            var child = pool.Add(i, memory);
            var needed = children.NeededFor(parent);
            var isAtHand = children.IsAtHand(parent);
            var before = memory.Used;
            children.Add(parent, child, memory);

            Assert.That(memory.Used - before, needed == 0 ? Is.LessThanOrEqualTo(0) : Is.EqualTo(needed));
            if (isAtHand)
                Assert.That(memory.Used, Is.EqualTo(before));
        }
        children.Clear(memory);
    }

    static List<nint> RingOf(Node* parent)
    {
        var found = new List<nint>();
        var newest = parent->NewestChild;
        for (var child = newest; child != null; child = child == newest ? null : child)
        {
            child = child->NextSibling;
            found.Add((nint)child);
        }
        return found;
    }
}
