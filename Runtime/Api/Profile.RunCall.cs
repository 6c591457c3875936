using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

// What a function is given is written as its arguments, so that recording it takes no lambda, which would be a row of its
// own in a woven program. An asynchronous lambda fits Task and ValueTask alike: the priority is for Task.
public sealed partial class Profile
{
    /// <summary>Records a call.</summary>
    /// <param name="function">What to call. If it throws, recording stops and the exception propagates.</param>
    /// <returns>The function's result.</returns>
    /// <exception cref="InvalidOperationException">A profile is already recording; the function is not called.</exception>
    public TResult RunCall<TResult>(Func<TResult> function)
    {
        ProfileCommand.Check(function);
        Enable();
        try
        {
            return function();
        }
        finally
        {
            Disable();
        }
    }

    /// <inheritdoc cref="RunCall{TResult}(Func{TResult})"/>
    public TResult RunCall<T, TResult>(Func<T, TResult> function, T argument)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument));
    }

    /// <inheritdoc cref="RunCall{TResult}(Func{TResult})"/>
    public TResult RunCall<T1, T2, TResult>(Func<T1, T2, TResult> function, T1 argument1, T2 argument2)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument1, argument2));
    }

    /// <inheritdoc cref="RunCall{TResult}(Func{TResult})"/>
    public TResult RunCall<T1, T2, T3, TResult>(Func<T1, T2, T3, TResult> function, T1 argument1, T2 argument2, T3 argument3)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument1, argument2, argument3));
    }

    /// <summary>Records an asynchronous call until it completes.</summary>
    /// <param name="function">What to call. If it fails, recording stops and its exception propagates.</param>
    /// <returns>The function's result.</returns>
    /// <exception cref="InvalidOperationException">A profile is already recording; the function is not called.</exception>
    [OverloadResolutionPriority(1)]
    public async Task RunCall(Func<Task> function)
    {
        ProfileCommand.Check(function);
        Enable();
        try
        {
            await function().ConfigureAwait(false);
        }
        finally
        {
            Disable();
        }
    }

    /// <inheritdoc cref="RunCall(Func{Task})"/>
    [OverloadResolutionPriority(1)]
    public Task RunCall<T>(Func<T, Task> function, T argument)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument));
    }

    /// <inheritdoc cref="RunCall(Func{Task})"/>
    [OverloadResolutionPriority(1)]
    public Task RunCall<T1, T2>(Func<T1, T2, Task> function, T1 argument1, T2 argument2)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument1, argument2));
    }

    /// <inheritdoc cref="RunCall(Func{Task})"/>
    [OverloadResolutionPriority(1)]
    public Task RunCall<T1, T2, T3>(Func<T1, T2, T3, Task> function, T1 argument1, T2 argument2, T3 argument3)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument1, argument2, argument3));
    }

    /// <summary>Records an asynchronous call until it completes.</summary>
    /// <param name="function">What to call. If it fails, recording stops and its exception propagates.</param>
    /// <returns>The function's result.</returns>
    /// <exception cref="InvalidOperationException">A profile is already recording; the function is not called.</exception>
    [OverloadResolutionPriority(1)]
    public async Task<TResult> RunCall<TResult>(Func<Task<TResult>> function)
    {
        ProfileCommand.Check(function);
        Enable();
        try
        {
            return await function().ConfigureAwait(false);
        }
        finally
        {
            Disable();
        }
    }

    /// <inheritdoc cref="RunCall{TResult}(Func{Task{TResult}})"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult> RunCall<T, TResult>(Func<T, Task<TResult>> function, T argument)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument));
    }

    /// <inheritdoc cref="RunCall{TResult}(Func{Task{TResult}})"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult> RunCall<T1, T2, TResult>(Func<T1, T2, Task<TResult>> function, T1 argument1, T2 argument2)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument1, argument2));
    }

    /// <inheritdoc cref="RunCall{TResult}(Func{Task{TResult}})"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult> RunCall<T1, T2, T3, TResult>(Func<T1, T2, T3, Task<TResult>> function, T1 argument1, T2 argument2, T3 argument3)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument1, argument2, argument3));
    }

#if NET8_0_OR_GREATER
    /// <summary>Records an asynchronous call until it completes.</summary>
    /// <param name="function">What to call. If it fails, recording stops and its exception propagates.</param>
    /// <returns>The function's result.</returns>
    /// <exception cref="InvalidOperationException">A profile is already recording; the function is not called.</exception>
    public async ValueTask RunCall(Func<ValueTask> function)
    {
        ProfileCommand.Check(function);
        Enable();
        try
        {
            await function().ConfigureAwait(false);
        }
        finally
        {
            Disable();
        }
    }

    /// <inheritdoc cref="RunCall(Func{ValueTask})"/>
    public ValueTask RunCall<T>(Func<T, ValueTask> function, T argument)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument));
    }

    /// <inheritdoc cref="RunCall(Func{ValueTask})"/>
    public ValueTask RunCall<T1, T2>(Func<T1, T2, ValueTask> function, T1 argument1, T2 argument2)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument1, argument2));
    }

    /// <inheritdoc cref="RunCall(Func{ValueTask})"/>
    public ValueTask RunCall<T1, T2, T3>(Func<T1, T2, T3, ValueTask> function, T1 argument1, T2 argument2, T3 argument3)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument1, argument2, argument3));
    }

    /// <summary>Records an asynchronous call until it completes.</summary>
    /// <param name="function">What to call. If it fails, recording stops and its exception propagates.</param>
    /// <returns>The function's result.</returns>
    /// <exception cref="InvalidOperationException">A profile is already recording; the function is not called.</exception>
    public async ValueTask<TResult> RunCall<TResult>(Func<ValueTask<TResult>> function)
    {
        ProfileCommand.Check(function);
        Enable();
        try
        {
            return await function().ConfigureAwait(false);
        }
        finally
        {
            Disable();
        }
    }

    /// <inheritdoc cref="RunCall{TResult}(Func{ValueTask{TResult}})"/>
    public ValueTask<TResult> RunCall<T, TResult>(Func<T, ValueTask<TResult>> function, T argument)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument));
    }

    /// <inheritdoc cref="RunCall{TResult}(Func{ValueTask{TResult}})"/>
    public ValueTask<TResult> RunCall<T1, T2, TResult>(Func<T1, T2, ValueTask<TResult>> function, T1 argument1, T2 argument2)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument1, argument2));
    }

    /// <inheritdoc cref="RunCall{TResult}(Func{ValueTask{TResult}})"/>
    public ValueTask<TResult> RunCall<T1, T2, T3, TResult>(Func<T1, T2, T3, ValueTask<TResult>> function, T1 argument1, T2 argument2, T3 argument3)
    {
        ProfileCommand.Check(function);
        return RunCall(() => function(argument1, argument2, argument3));
    }
#endif
}
