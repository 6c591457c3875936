using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

/// <summary>Looks at what users pass to be run.</summary>
static class ProfileCommand
{
    /// <summary>Returns <paramref name="command"/> if it can be run to its end.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    /// <exception cref="ArgumentException">It is an <c>async void</c> method or lambda, whose end nobody can wait
    /// for.</exception>
    public static T Check<T>(T command)
        where T : Delegate
    {
        if (command is null)
            throw new ArgumentNullException(nameof(command));
        if (command.Method.ReturnType == typeof(void) && command.Method.IsDefined(typeof(AsyncStateMachineAttribute), false))
        {
            throw new ArgumentException("The command is async void and cannot be awaited, so recording " +
                "would stop before it completes. Use RunAsync or RunCtxAsync with a function that returns a Task.", nameof(command));
        }
        return command;
    }
}
