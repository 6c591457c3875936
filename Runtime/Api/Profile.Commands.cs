namespace ProfilerWeaver;

public sealed partial class Profile
{
    /// <summary>Records a command.</summary>
    /// <param name="command">What to run. If it throws, recording stops and the exception propagates.</param>
    /// <returns>This profile.</returns>
    /// <exception cref="InvalidOperationException">A profile is already recording; the command is not run.</exception>
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

    /// <summary>Records a command that receives its state as an argument.</summary>
    /// <param name="command">What to run. If it throws, recording stops and the exception propagates.</param>
    /// <param name="state">The command's argument.</param>
    /// <returns>This profile.</returns>
    /// <exception cref="InvalidOperationException">A profile is already recording; the command is not run.</exception>
    /// <exception cref="ArgumentException">The command is <c>async void</c>: use <see cref="RunCtxAsync"/>.</exception>
    public Profile RunCtx<TState>(Action<TState> command, TState state)
    {
        ProfileCommand.Check(command);
        return Run(() => command(state));
    }

    /// <summary>Records an asynchronous command until it completes.</summary>
    /// <param name="command">What to run. If it fails, recording stops and its exception propagates.</param>
    /// <returns>This profile.</returns>
    /// <exception cref="InvalidOperationException">A profile is already recording; the command is not run.</exception>
    public async Task<Profile> RunAsync(Func<Task> command)
    {
        await RunCall(command).ConfigureAwait(false);
        return this;
    }

    /// <summary>Records an asynchronous command that receives its state as an argument, until it completes.</summary>
    /// <param name="command">What to run. If it fails, recording stops and its exception propagates.</param>
    /// <param name="state">The command's argument.</param>
    /// <returns>This profile.</returns>
    /// <exception cref="InvalidOperationException">A profile is already recording; the command is not run.</exception>
    public async Task<Profile> RunCtxAsync<TState>(Func<TState, Task> command, TState state)
    {
        await RunCall(command, state).ConfigureAwait(false);
        return this;
    }
}
