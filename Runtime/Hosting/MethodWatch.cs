namespace ProfilerWeaver;

/// <summary>Waits for the first call of a method.</summary>
/// <param name="name">The method, as reports name it, or the last parts of that name.</param>
/// <param name="found">What is done then, once; says whether <see cref="Recorder.LeavingWatched"/> is told of the end of the
/// call.</param>
sealed class MethodWatch(string name, Func<bool> found)
{
    RecordedMethods known = ModuleTables.ReadAll();
    int wasFound;

    /// <summary>Why nothing came of it.</summary>
    /// <param name="name">The method.</param>
    public static string NeverCalled(string name) => $"{Printable.Text(name)} was never called (give a method as reports name it)";

    /// <summary>Looks at a method that is called for the first time from where it is called.</summary>
    public bool Look(int method)
    {
        if (method >= known.Count)
            known = ModuleTables.ReadAll();
        if (method >= known.Count || known.IsResume(method) || !IsCalled(known.Label(method).Name)
            || Interlocked.Exchange(ref wasFound, 1) != 0)
        {
            return false;
        }
        Recorder.EnteringFirst = null;
        return found();
    }

    bool IsCalled(string other)
    {
        // Parameters stand where overloads collide.
        var end = other.Length > 0 && other[other.Length - 1] == ')' && name[name.Length - 1] != ')' ? other.IndexOf('(') : other.Length;
        var start = end - name.Length;
        return start >= 0 && string.CompareOrdinal(other, start, name, 0, name.Length) == 0 && (start == 0 || other[start - 1] == '.');
    }
}
