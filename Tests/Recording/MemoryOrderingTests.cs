namespace ProfilerWeaver.Tests.Recording;

/// <summary>
/// What one thread reads while another one writes it (docs/architecture.md, "Memory ordering"), as a model with the releases and
/// acquires of the code: it is right in every run that weak ordering allows, and no longer if any one of them is taken out.
/// </summary>
public class MemoryOrderingTests
{
    // Each builds a model, and tells whether what was read may be so.
    static readonly Dictionary<string, Func<WeakMemory, Func<IReadOnlyDictionary<string, int>, bool>>> Protocols = new()
    {
        ["ring of siblings"] = RingOfSiblings,
        ["first child"] = FirstChild,
        ["list of entries"] = ListOfEntries,
        ["stack"] = Stack,
        ["chunks of the live file"] = Chunks,
        ["flag"] = Flag,
        ["finished recording"] = Section,
        ["session"] = Session,
    };

    static IEnumerable<string> Names => Protocols.Keys;

    [TestCaseSource(nameof(Names))]
    public void What_is_read_is_right_in_every_order_that_is_allowed(string protocol) => Assert.That(IsRight(protocol, -1, out _));

    [TestCaseSource(nameof(Names))]
    public void Without_any_one_of_its_orderings_it_goes_wrong(string protocol)
    {
        IsRight(protocol, -1, out var orderings);

        Assert.That(orderings, Is.Positive);
        Assert.That(Enumerable.Range(0, orderings).Where(ordering => IsRight(protocol, ordering, out _)), Is.Empty, "needless orderings");
    }

    static bool IsRight(string protocol, int weakened, out int orderings)
    {
        var memory = new WeakMemory(weakened);
        var mayBe = Protocols[protocol](memory);
        orderings = memory.Orderings;
        return memory.Outcomes().All(mayBe);
    }

    // Node.AddChild and TreeReader.Children: child 2 is added behind child 1.
    static Func<IReadOnlyDictionary<string, int>, bool> RingOfSiblings(WeakMemory model)
    {
        (model["newest"], model["1.next"], model["1.method"]) = (1, 1, 71);
        model.Thread().Store("2.method", 72).Store("2.next", 1).Release("1.next", 2).Release("newest", 2);
        model.Thread().Load("newest", "newest").Load("first", "{newest}.next")
            .Load("method", "{first}.method").Load("second", "{first}.next");
        // Once round: 1, or 2 and 1 (the new child is shown before its ring has it as the newest), or 1 and 2.
        return seen => (seen["first"], seen["method"], seen["second"]) is (1, 71, 1 or 2) or (2, 72, 1);
    }

    static Func<IReadOnlyDictionary<string, int>, bool> FirstChild(WeakMemory model)
    {
        model.Thread().Store("2.method", 72).Store("2.next", 2).Release("newest", 2);
        model.Thread().Load("newest", "newest").Load("first", "{newest}.next").Load("method", "{first}.method");
        return seen => seen["newest"] == 0 || (seen["first"], seen["method"]) == (2, 72);
    }

    // Registry.Add, Recording.Join, TruncatedTable.Begin and ArenaPool.Take: an entry before those that are there.
    static Func<IReadOnlyDictionary<string, int>, bool> ListOfEntries(WeakMemory model)
    {
        (model["head"], model["1.content"]) = (1, 71);
        model.Thread().Store("2.content", 72).Store("2.next", 1).Release("head", 2);
        model.Thread().Load("head", "head").Load("content", "{head}.content").Load("next", "{head}.next");
        return seen => (seen["head"], seen["content"], seen["next"]) is (1, 71, 0) or (2, 72, 1);
    }

    // Recorder.Push and Close, TreeReader.OpenFrames and OpenCalls.CloseInTree. Context 1 was called once, from the frame that a call
    // of context 2 takes then; the reader looks at the stack twice, then at the tree.
    static Func<IReadOnlyDictionary<string, int>, bool> Stack(WeakMemory model)
    {
        (model["frame1"], model["1.calls"]) = (1, 1);
        model.Thread().Store("frame1", 2).Release("top", 1).Store("2.calls", 1).Release("top", 0);
        model.Thread().Load("top", "top").Load("node", "frame{top}").Acquire("calls", "{node}.calls")
            .Acquire("topLater", "top").Load("nodeLater", "frame{topLater}").Load("ended1", "1.calls").Load("ended2", "2.calls");
        return seen =>
        {
            var open = seen["top"] == 1 && seen["topLater"] == 1 && seen["node"] == seen["nodeLater"] ? seen["node"] : 0;
            int Counted(int node) => seen[$"ended{node}"] + (open == node && seen["calls"] == seen[$"ended{node}"] ? 1 : 0);
            // A call that was open once is open or has ended; and no other one is counted. It counts twice if all that was read of it
            // was read between the two stores of its end.
            var isBetween = (seen["calls"], seen["topLater"]) == (1, 1);
            return Counted(1) == 1 && (seen["top"] == 0 || Counted(2) >= 1) && (Counted(2) <= 1 || isBetween);
        };
    }

    // LiveFile.AddChunk, Publish and LiveImage.ReadDirectory, in two processes.
    static Func<IReadOnlyDictionary<string, int>, bool> Chunks(WeakMemory model)
    {
        model.Thread().Store("chunk", 71).Release("chunks", 1).Release("registry", 1);
        model.Thread().Acquire("registry", "registry").Acquire("chunks", "chunks").Load("chunk", "chunk");
        return seen => (seen["registry"] == 0 || seen["chunks"] == 1) && (seen["chunks"] == 0 || seen["chunk"] == 71);
    }

    // Recording.End and LiveFileReader; SampledThread.Join, ThreadArena.Begin and Sampler.LookAt: what was written before a flag.
    static Func<IReadOnlyDictionary<string, int>, bool> Flag(WeakMemory model)
    {
        model.Thread().Store("instant", 71).Release("flag", 1);
        model.Thread().Acquire("flag", "flag").Load("instant", "instant");
        return seen => seen["flag"] == 0 || seen["instant"] == 71;
    }

    // Recording.Keep: the length is not reached by the address.
    static Func<IReadOnlyDictionary<string, int>, bool> Section(WeakMemory model)
    {
        model.Thread().Store("2.bytes", 72).Store("length", 9).Release("section", 2);
        model.Thread().Acquire("section", "section").Load("length", "length").Load("bytes", "{section}.bytes");
        return seen => seen["section"] == 0 || (seen["length"], seen["bytes"]) == (9, 72);
    }

    // Recorder.Switch and TryJoin: a thread that records in a session reads the clock of it.
    static Func<IReadOnlyDictionary<string, int>, bool> Session(WeakMemory model)
    {
        (model["session"], model["clock"]) = (1, 71);
        model.Thread().Store("session", 0).Store("clock", 72).Release("session", 2);
        model.Thread().Acquire("session", "session").Load("clock", "clock");
        return seen => seen["session"] != 2 || seen["clock"] == 72;
    }
}
