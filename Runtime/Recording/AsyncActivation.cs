using System.ComponentModel;

namespace ProfilerWeaver;

/// <summary>What woven code keeps in the state machine of an async method for the recorder: where its activation began.</summary>
/// <remarks>
/// It is written when the state machine is entered first, and never after an await: by then another thread may run the state
/// machine, or another call may use it, or there is a copy that counts.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct AsyncActivation
{
    /// <summary>Whether the state machine was entered.</summary>
    internal bool IsEntered;

    /// <summary>Whether somebody waits for it to complete.</summary>
    internal bool IsWatched;

    /// <summary>The recording that it was entered in; 0 if none.</summary>
    internal int Session;

    /// <summary>The context that it was entered in; null if there was no room for one.</summary>
    internal nint Origin;

    /// <summary>The clock when it was entered.</summary>
    internal long Start;
}
