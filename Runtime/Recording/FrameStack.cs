namespace ProfilerWeaver;

/// <summary>The stack of a thread: segments of frames, of which the recorder's hot path knows only the top and the end
/// of the current one.</summary>
unsafe struct FrameStack
{
    const int FirstFrames = 128;
    // A segment is made in the midst of a call, whose time it must not take: ten pages.
    const int MostFrames = 1024;

    /// <summary>The open activation on top of the stack, or what stands for it at the bottom of a segment, or
    /// <see cref="Base"/>.</summary>
    public Frame* Top;

    /// <summary>Where the current segment ends.</summary>
    public Frame* End;

    /// <summary>The frame that stands for the thread itself; those below it are left over from earlier recordings.</summary>
    public Frame* Base;

    FrameSegment* current;
    FrameSegment* bottom;

    /// <summary>Makes the first segment.</summary>
    public void Create(void* arena, RecorderMemory memory)
    {
        bottom = current = NewSegment(null, arena, FirstFrames, memory);
        End = current->End;
        Base = Top = FrameSegment.FirstSlot(current);
    }

    /// <summary>Makes a new bottom for a recording whose root is <paramref name="root"/>. Activations that are still open
    /// from an earlier recording stay below it, so that their tokens cannot be mistaken for newer ones.</summary>
    public void Begin(Node* root, RecorderMemory memory)
    {
        LeaveEmptySegments();
        if (Top == Base)
        {
            PlaceBase(Base, root);
            return;
        }
        if (Top + 1 == End)
            EnterNextSegment(memory);
        PlaceBase(Top + 1, root);
    }

    /// <summary>Continues the stack in another segment when the current one is full.</summary>
    public void EnterNextSegment(RecorderMemory memory)
    {
        var next = current->Next;
        if (next == null)
        {
            var size = (int)Math.Min(2 * (current->End - (Frame*)current), MostFrames);
            current->Next = next = NewSegment(current, Base->Arena, size, memory);
        }
        var slot = FrameSegment.FirstSlot(next);
        slot->Node = Top->Node;
        slot->ChildTime = 0;
        slot->Start = Top->Start;
        slot->StandsFor = Top;
        current = next;
        End = next->End;
        Publish(slot);
    }

    /// <summary>Steps back from segments in which nothing is open any more, and hands the time that their callees took
    /// to the activation below.</summary>
    public void LeaveEmptySegments()
    {
        while (Top->StandsFor != null)
        {
            var below = Top->StandsFor;
            below->ChildTime += Top->ChildTime;
            current = current->Previous;
            End = current->End;
            Publish(below);
        }
    }

    /// <summary>Whether an activation of this recording is open.</summary>
    public readonly bool IsOpen(Frame* frame)
    {
        for (var open = Topmost; open != Base; open = Frame.Below(open))
        {
            if (open == frame)
                return true;
        }
        return false;
    }

    /// <summary>If <paramref name="frame"/> began in an earlier recording and ends now, its place is free: the base moves
    /// there. Nothing of this recording may be open.</summary>
    public void LeaveLeftOver(Frame* frame)
    {
        if (!IsLeftOver(frame))
            return;
        var root = Base->Node;
        while (!FrameSegment.Contains(current, frame))
            current = current->Previous;
        End = current->End;
        PlaceBase(frame, root);
    }

    /// <summary>Whether an activation that began in an earlier recording is still open.</summary>
    public readonly bool IsLeftOver(Frame* frame)
    {
        for (var left = Base; left != FrameSegment.FirstSlot(bottom);)
        {
            left = Frame.Below(left);
            if (left == frame)
                return true;
        }
        return false;
    }

    /// <summary>The open activation on top, or <see cref="Base"/>.</summary>
    public readonly Frame* Topmost
    {
        get
        {
            var top = Top;
            while (top->StandsFor != null)
                top = top->StandsFor;
            return top;
        }
    }

    /// <summary>The latest instant that is noted on the stack: what is open on top began then, or a callee of it
    /// ended.</summary>
    public readonly long LastInstant
    {
        get
        {
            var top = Topmost;
            return top->Start + top->ChildTime + (Top == top ? 0 : Top->ChildTime);
        }
    }

    void PlaceBase(Frame* frame, Node* root)
    {
        frame->Node = root;
        frame->ChildTime = 0;
        frame->Start = 0;
        Base = frame;
        Publish(frame);
    }

    // Readers of the stack see what was written before.
    void Publish(Frame* top)
    {
        fixed (Frame** place = &Top)
            Volatile.Write(ref *(nint*)place, (nint)top);
    }

    static FrameSegment* NewSegment(FrameSegment* previous, void* arena, int frames, RecorderMemory memory)
    {
        var segment = (FrameSegment*)memory.Allocate(frames * Frame.Size);
        segment->Previous = previous;
        segment->End = (Frame*)segment + frames;
        for (var frame = FrameSegment.FirstSlot(segment); frame != segment->End; frame++)
            frame->Arena = arena;
        return segment;
    }
}
