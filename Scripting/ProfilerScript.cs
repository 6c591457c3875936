using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Scripting;

namespace ProfilerWeaver.Scripting;

/// <summary>Runs C# code that is given as text under a profile and reports it, as Python's profiler does with
/// strings of Python: <c>Profiler.Run("MyFunction()")</c>.</summary>
/// <remarks>
/// <para>The code is what stands in a C# script: statements, an expression, functions, types, <c>using</c> directives,
/// <c>await</c>. It is compiled, woven in memory and then run and recorded. Its row is
/// <c>&lt;string&gt;:1(&lt;module&gt;)</c>; its functions have rows of their own.</para>
/// <para>The namespaces of the assembly that calls are at hand, and so are the static members of the class that holds its
/// <c>Main</c>, as if the code stood there; also what is not public. Everything else in the process is reached by its full
/// name or with <c>using</c>.</para>
/// <para>Variables are passed as dictionaries. The code sees those of the locals before those of the globals. What it
/// assigns, and the variables that it declares, are in the locals afterwards, or in the globals if there are no locals. A
/// variable has the type of its value.</para>
/// </remarks>
public static class ProfilerScript
{
    /// <summary>Code as the command of a profile that is reported.</summary>
    extension(Profiler)
    {
        /// <summary>Runs code and reports it.</summary>
        /// <param name="code">What to run.</param>
        /// <param name="fileName">The file to write; null: the report is printed, ordered by the printed labels.</param>
        /// <exception cref="CompilationErrorException">The code is not C#; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is recording already; nothing is run.</exception>
        /// <exception cref="IOException">The file cannot be written; if that is known before, nothing is run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Run(string code, string? fileName = null) =>
            Run(code, Assembly.GetCallingAssembly(), Variables.None, new(fileName, [SortKey.StandardName]));

        /// <summary>Runs code and reports it.</summary>
        /// <param name="code">What to run.</param>
        /// <param name="fileName">The file to write; null: the report is printed.</param>
        /// <param name="sort">What to order the printed report by, and what ties.</param>
        /// <exception cref="CompilationErrorException">The code is not C#; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is recording already; nothing is run.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A key is none; nothing is run.</exception>
        /// <exception cref="IOException">The file cannot be written; if that is known before, nothing is run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Run(string code, string? fileName = null, params SortKey[] sort) =>
            Run(code, Assembly.GetCallingAssembly(), Variables.None, new(fileName, ProfileReport.Check(sort)));

        /// <summary>Runs code and reports it.</summary>
        /// <param name="code">What to run.</param>
        /// <param name="fileName">The file to write; null: the report is printed.</param>
        /// <param name="sort">What to order the printed report by, and what ties, with the names of pstats:
        /// <c>cumulative</c>, <c>tottime</c>, <c>ncalls</c> and so on.</param>
        /// <exception cref="CompilationErrorException">The code is not C#; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is recording already; nothing is run.</exception>
        /// <exception cref="ArgumentException">A name is none of a key; nothing is run.</exception>
        /// <exception cref="IOException">The file cannot be written; if that is known before, nothing is run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Run(string code, string? fileName = null, params string[] sort) =>
            Run(code, Assembly.GetCallingAssembly(), Variables.None, new(fileName, ProfileReport.Check(sort)));

        /// <summary>Runs code with variables and reports it.</summary>
        /// <param name="code">What to run.</param>
        /// <param name="globals">The variables that the code finds.</param>
        /// <param name="locals">More variables, which come first; null: the globals.</param>
        /// <param name="fileName">The file to write; null: the report is printed, ordered by the printed labels.</param>
        /// <exception cref="CompilationErrorException">The code is not C#; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is recording already; nothing is run.</exception>
        /// <exception cref="IOException">The file cannot be written; if that is known before, nothing is run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void RunCtx(string code, IDictionary<string, object?> globals, IDictionary<string, object?>? locals = null, string? fileName = null) =>
            Run(code, Assembly.GetCallingAssembly(), new(globals, locals), new(fileName, [SortKey.StandardName]));

        /// <summary>Runs code with variables and reports it.</summary>
        /// <param name="code">What to run.</param>
        /// <param name="globals">The variables that the code finds.</param>
        /// <param name="locals">More variables, which come first; null: the globals.</param>
        /// <param name="fileName">The file to write; null: the report is printed.</param>
        /// <param name="sort">What to order the printed report by, and what ties.</param>
        /// <exception cref="CompilationErrorException">The code is not C#; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is recording already; nothing is run.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A key is none; nothing is run.</exception>
        /// <exception cref="IOException">The file cannot be written; if that is known before, nothing is run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void RunCtx(string code, IDictionary<string, object?> globals, IDictionary<string, object?>? locals = null, string? fileName = null, params SortKey[] sort) =>
            Run(code, Assembly.GetCallingAssembly(), new(globals, locals), new(fileName, ProfileReport.Check(sort)));

        /// <summary>Runs code with variables and reports it.</summary>
        /// <param name="code">What to run.</param>
        /// <param name="globals">The variables that the code finds.</param>
        /// <param name="locals">More variables, which come first; null: the globals.</param>
        /// <param name="fileName">The file to write; null: the report is printed.</param>
        /// <param name="sort">What to order the printed report by, and what ties, with the names of pstats:
        /// <c>cumulative</c>, <c>tottime</c>, <c>ncalls</c> and so on.</param>
        /// <exception cref="CompilationErrorException">The code is not C#; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is recording already; nothing is run.</exception>
        /// <exception cref="ArgumentException">A name is none of a key; nothing is run.</exception>
        /// <exception cref="IOException">The file cannot be written; if that is known before, nothing is run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void RunCtx(string code, IDictionary<string, object?> globals, IDictionary<string, object?>? locals = null, string? fileName = null, params string[] sort) =>
            Run(code, Assembly.GetCallingAssembly(), new(globals, locals), new(fileName, ProfileReport.Check(sort)));
    }

    static void Run(string code, Assembly host, Variables variables, ProfileReport report) =>
        ProfiledRun.Of(Command.Of(code, host, variables).Run, report);
}
