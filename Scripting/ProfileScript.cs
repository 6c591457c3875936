using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Scripting;

namespace ProfilerWeaver.Scripting;

/// <summary>Runs C# code that is given as text under a profile of the caller's: <c>profile.Run("MyFunction()")</c>. What
/// the code finds and leaves behind is told at <see cref="ProfilerScript"/>.</summary>
public static class ProfileScript
{
    /// <summary>Code as the command of a profile of the caller's.</summary>
    extension(Profile profile)
    {
        /// <summary>Records code.</summary>
        /// <param name="code">What to run. If it throws, recording stops and the exception goes on.</param>
        /// <returns>The profile.</returns>
        /// <exception cref="CompilationErrorException">The code is not C#; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is recording already; nothing is run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public Profile Run(string code) =>
            profile.Run(Command.Of(code, Assembly.GetCallingAssembly(), Variables.None).Run);

        /// <summary>Records code with variables.</summary>
        /// <param name="code">What to run. If it throws, recording stops and the exception goes on.</param>
        /// <param name="globals">The variables that the code finds.</param>
        /// <param name="locals">More variables, which come first; null: the globals.</param>
        /// <returns>The profile.</returns>
        /// <exception cref="CompilationErrorException">The code is not C#; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is recording already; nothing is run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public Profile RunCtx(string code, IDictionary<string, object?> globals, IDictionary<string, object?>? locals = null) =>
            profile.Run(Command.Of(code, Assembly.GetCallingAssembly(), new(globals, locals)).Run);
    }
}
