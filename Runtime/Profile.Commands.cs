namespace ProfilerWeaver;

public sealed partial class Profile
{
    /// <summary>Records a command.</summary>
    /// <param name="command">What to run. If it throws, recording stops and the exception goes on.</param>
    /// <returns>This profile.</returns>
    /// <exception cref="InvalidOperationException">A profile is recording already; the command is not run.</exception>
    /// <exception cref="ArgumentException">The command is <c>async void</c>: use <see cref="RunAsync"/>.</exception>
    public Profile Run(Action command)
    {
        ProfileCommand.Check(command);
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
    /// <exception cref="ArgumentException">The command is <c>async void</c>: use <see cref="RunCtxAsync"/>.</exception>
    public Profile RunCtx<TState>(Action<TState> command, TState state)
    {
        ProfileCommand.Check(command);
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
}
