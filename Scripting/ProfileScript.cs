using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Scripting;

namespace ProfilerWeaver.Scripting;

/// <summary>Runs C# code passed as a string under an existing profile: <c>profile.Run("MyFunction()")</c>. See <see
/// cref="ProfilerScript"/> for how names and variables are resolved.</summary>
public static class ProfileScript
{
    /// <summary>Code as the command of an existing profile.</summary>
    extension(Profile profile)
    {
        /// <summary>Records code.</summary>
        /// <param name="code">What to run. If it throws, recording stops and the exception propagates.</param>
        /// <returns>The profile.</returns>
        /// <exception cref="CompilationErrorException">The code does not compile; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is already recording; nothing is run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public Profile Run(string code) =>
            profile.Run(Command.Of(code, Assembly.GetCallingAssembly(), Variables.None).Run);

        /// <summary>Records code with variables.</summary>
        /// <param name="code">What to run. If it throws, recording stops and the exception propagates.</param>
        /// <param name="globals">The variables available to the code.</param>
        /// <param name="locals">More variables, which take precedence; null to use the globals.</param>
        /// <returns>The profile.</returns>
        /// <exception cref="CompilationErrorException">The code does not compile; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is already recording; nothing is run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public Profile RunCtx(string code, IDictionary<string, object?> globals, IDictionary<string, object?>? locals = null) =>
            profile.Run(Command.Of(code, Assembly.GetCallingAssembly(), new(globals, locals)).Run);
    }
}
