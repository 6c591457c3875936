namespace ProfilerWeaver;

/// <summary>Runs a command under a <see cref="Profile"/> of elapsed time and reports the result, in one call.</summary>
/// <remarks>
/// The report is printed to the console without directories, or written to a file that <see cref="Stats"/> and CPython's
/// pstats read. The file and the sort keys are checked before the command runs. If the command throws or calls <see
/// cref="Environment.Exit"/>, the report is produced first.
/// </remarks>
public static class Profiler
{
    static readonly SortKey[] Standard = [SortKey.StandardName];

    /// <summary>Runs a command and reports it.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="fileName">The file to write; null to print the report, sorted by the printed labels.</param>
    /// <exception cref="InvalidOperationException">A profile is already recording; the command is not run.</exception>
    /// <exception cref="IOException">The file cannot be written; if this is known beforehand, the command is not
    /// run.</exception>
    /// <exception cref="EmptyProfileException">There is nothing to write: the command called no woven
    /// method.</exception>
    /// <exception cref="ArgumentException">The command is <c>async void</c>: use <see cref="RunAsync(Func{Task},
    /// string)"/>.</exception>
    public static void Run(Action command, string? fileName = null) =>
        ProfiledRun.Of(ProfileCommand.Check(command), new(fileName, Standard));

    /// <inheritdoc cref="Run(Action, string)"/>
    /// <param name="command">What to run.</param>
    /// <param name="fileName">The file to write; null to print the report.</param>
    /// <param name="sort">The sort keys of the printed report, most significant first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A key is not valid; the command is not run.</exception>
    public static void Run(Action command, string? fileName = null, params SortKey[] sort) =>
        ProfiledRun.Of(ProfileCommand.Check(command), new(fileName, ProfileReport.Check(sort)));

    /// <inheritdoc cref="Run(Action, string)"/>
    /// <param name="command">What to run.</param>
    /// <param name="fileName">The file to write; null to print the report.</param>
    /// <param name="sort">The sort keys of the printed report, most significant first, by their pstats names:
    /// <c>cumulative</c>, <c>tottime</c>, <c>ncalls</c> and so on.</param>
    /// <exception cref="ArgumentException">A name is not a sort key; the command is not run.</exception>
    public static void Run(Action command, string? fileName = null, params string[] sort) =>
        ProfiledRun.Of(ProfileCommand.Check(command), new(fileName, ProfileReport.Check(sort)));

    /// <summary>Runs a command that receives its state as an argument, and reports it.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="state">The command's argument.</param>
    /// <param name="fileName">The file to write; null to print the report, sorted by the printed labels.</param>
    /// <exception cref="InvalidOperationException">A profile is already recording; the command is not run.</exception>
    /// <exception cref="IOException">The file cannot be written; if this is known beforehand, the command is not
    /// run.</exception>
    /// <exception cref="EmptyProfileException">There is nothing to write: the command called no woven
    /// method.</exception>
    /// <exception cref="ArgumentException">The command is <c>async void</c>: use <see
    /// cref="RunCtxAsync{TState}(Func{TState, Task}, TState, string)"/>.</exception>
    public static void RunCtx<TState>(Action<TState> command, TState state, string? fileName = null)
    {
        ProfileCommand.Check(command);
        ProfiledRun.Of(() => command(state), new(fileName, Standard));
    }

    /// <inheritdoc cref="RunCtx{TState}(Action{TState}, TState, string)"/>
    /// <param name="command">What to run.</param>
    /// <param name="state">The command's argument.</param>
    /// <param name="fileName">The file to write; null to print the report.</param>
    /// <param name="sort">The sort keys of the printed report, most significant first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A key is not valid; the command is not run.</exception>
    public static void RunCtx<TState>(Action<TState> command, TState state, string? fileName = null, params SortKey[] sort)
    {
        ProfileCommand.Check(command);
        ProfiledRun.Of(() => command(state), new(fileName, ProfileReport.Check(sort)));
    }

    /// <inheritdoc cref="RunCtx{TState}(Action{TState}, TState, string)"/>
    /// <param name="command">What to run.</param>
    /// <param name="state">The command's argument.</param>
    /// <param name="fileName">The file to write; null to print the report.</param>
    /// <param name="sort">The sort keys of the printed report, most significant first, by their pstats names:
    /// <c>cumulative</c>, <c>tottime</c>, <c>ncalls</c> and so on.</param>
    /// <exception cref="ArgumentException">A name is not a sort key; the command is not run.</exception>
    public static void RunCtx<TState>(Action<TState> command, TState state, string? fileName = null, params string[] sort)
    {
        ProfileCommand.Check(command);
        ProfiledRun.Of(() => command(state), new(fileName, ProfileReport.Check(sort)));
    }

    /// <summary>Runs an asynchronous command until it completes, and reports it.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="fileName">The file to write; null to print the report, sorted by the printed labels.</param>
    /// <exception cref="InvalidOperationException">A profile is already recording; the command is not run.</exception>
    /// <exception cref="IOException">The file cannot be written; if this is known beforehand, the command is not
    /// run.</exception>
    /// <exception cref="EmptyProfileException">There is nothing to write: the command called no woven
    /// method.</exception>
    public static Task RunAsync(Func<Task> command, string? fileName = null) =>
        ProfiledRun.OfAsync(ProfileCommand.Check(command), new(fileName, Standard));

    /// <inheritdoc cref="RunAsync(Func{Task}, string)"/>
    /// <param name="command">What to run.</param>
    /// <param name="fileName">The file to write; null to print the report.</param>
    /// <param name="sort">The sort keys of the printed report, most significant first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A key is not valid; the command is not run.</exception>
    public static Task RunAsync(Func<Task> command, string? fileName = null, params SortKey[] sort) =>
        ProfiledRun.OfAsync(ProfileCommand.Check(command), new(fileName, ProfileReport.Check(sort)));

    /// <inheritdoc cref="RunAsync(Func{Task}, string)"/>
    /// <param name="command">What to run.</param>
    /// <param name="fileName">The file to write; null to print the report.</param>
    /// <param name="sort">The sort keys of the printed report, most significant first, by their pstats names:
    /// <c>cumulative</c>, <c>tottime</c>, <c>ncalls</c> and so on.</param>
    /// <exception cref="ArgumentException">A name is not a sort key; the command is not run.</exception>
    public static Task RunAsync(Func<Task> command, string? fileName = null, params string[] sort) =>
        ProfiledRun.OfAsync(ProfileCommand.Check(command), new(fileName, ProfileReport.Check(sort)));

    /// <summary>Runs an asynchronous command that works on what it is given until it is completed, and reports it.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="state">The command's argument.</param>
    /// <param name="fileName">The file to write; null to print the report, sorted by the printed labels.</param>
    /// <exception cref="InvalidOperationException">A profile is already recording; the command is not run.</exception>
    /// <exception cref="IOException">The file cannot be written; if this is known beforehand, the command is not
    /// run.</exception>
    /// <exception cref="EmptyProfileException">There is nothing to write: the command called no woven
    /// method.</exception>
    public static Task RunCtxAsync<TState>(Func<TState, Task> command, TState state, string? fileName = null)
    {
        ProfileCommand.Check(command);
        return ProfiledRun.OfAsync(() => command(state), new(fileName, Standard));
    }

    /// <inheritdoc cref="RunCtxAsync{TState}(Func{TState, Task}, TState, string)"/>
    /// <param name="command">What to run.</param>
    /// <param name="state">The command's argument.</param>
    /// <param name="fileName">The file to write; null to print the report.</param>
    /// <param name="sort">The sort keys of the printed report, most significant first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A key is not valid; the command is not run.</exception>
    public static Task RunCtxAsync<TState>(Func<TState, Task> command, TState state, string? fileName = null, params SortKey[] sort)
    {
        ProfileCommand.Check(command);
        return ProfiledRun.OfAsync(() => command(state), new(fileName, ProfileReport.Check(sort)));
    }

    /// <inheritdoc cref="RunCtxAsync{TState}(Func{TState, Task}, TState, string)"/>
    /// <param name="command">What to run.</param>
    /// <param name="state">The command's argument.</param>
    /// <param name="fileName">The file to write; null to print the report.</param>
    /// <param name="sort">The sort keys of the printed report, most significant first, by their pstats names:
    /// <c>cumulative</c>, <c>tottime</c>, <c>ncalls</c> and so on.</param>
    /// <exception cref="ArgumentException">A name is not a sort key; the command is not run.</exception>
    public static Task RunCtxAsync<TState>(Func<TState, Task> command, TState state, string? fileName = null, params string[] sort)
    {
        ProfileCommand.Check(command);
        return ProfiledRun.OfAsync(() => command(state), new(fileName, ProfileReport.Check(sort)));
    }
}
