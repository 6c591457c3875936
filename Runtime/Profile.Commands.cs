namespace ProfilerWeaver;

public sealed partial class Profile
{
    /// <summary>Records a command.</summary>
    /// <param name="command">What to run. If it throws, recording stops and the exception goes on.</param>
    /// <returns>This profile.</returns>
    /// <exception cref="InvalidOperationException">A profile is recording already; the command is not run.</exception>
    public Profile Run(Action command)
    {
        NotNull(command);
        Enable();
        try
        {
            command();
        }
        finally
        {
            Disable();
        }
        return this;
    }

    /// <summary>Records a command that works on what it is given, instead of on what surrounds it.</summary>
    /// <param name="command">What to run. If it throws, recording stops and the exception goes on.</param>
    /// <param name="state">What it is given.</param>
    /// <returns>This profile.</returns>
    /// <exception cref="InvalidOperationException">A profile is recording already; the command is not run.</exception>
    public Profile RunCtx<TState>(Action<TState> command, TState state)
    {
        NotNull(command);
        return Run(() => command(state));
    }

    /// <summary>Records an asynchronous command until it is completed.</summary>
    /// <param name="command">What to run. If it fails, recording stops and its exception goes on.</param>
    /// <returns>This profile.</returns>
    /// <exception cref="InvalidOperationException">A profile is recording already; the command is not run.</exception>
    public async Task<Profile> RunAsync(Func<Task> command)
    {
        await RunCall(command).ConfigureAwait(false);
        return this;
    }

    /// <summary>Records an asynchronous command that works on what it is given, until it is completed.</summary>
    /// <param name="command">What to run. If it fails, recording stops and its exception goes on.</param>
    /// <param name="state">What it is given.</param>
    /// <returns>This profile.</returns>
    /// <exception cref="InvalidOperationException">A profile is recording already; the command is not run.</exception>
    public async Task<Profile> RunCtxAsync<TState>(Func<TState, Task> command, TState state)
    {
        await RunCall(command, state).ConfigureAwait(false);
        return this;
    }

    static void NotNull(Delegate command)
    {
        if (command is null)
            throw new ArgumentNullException(nameof(command));
    }
}
