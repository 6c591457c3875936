using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Scripting;

namespace ProfilerWeaver.Scripting;

/// <summary>Runs C# code passed as a string under a profile and reports it, as Python's profiler does with Python code:
/// <c>Profiler.Run("MyFunction()")</c>.</summary>
/// <remarks>
/// <para>The code is a C# script: statements, an expression, functions, types, <c>using</c> directives,
/// <c>await</c>. It is compiled, woven in memory and then run and recorded. Its row is
/// <c>&lt;string&gt;:1(&lt;module&gt;)</c>; its functions have their own rows.</para>
/// <para>The code sees the namespaces of the calling assembly and the static members of the class that contains its
/// <c>Main</c>, including non-public ones, as if it were written there. Use full names or <c>using</c> for everything else
/// in the process.</para>
/// <para>Variables are passed as dictionaries. Locals take precedence over globals. Afterwards, variables that the code
/// assigned or declared are in the locals, or in the globals if there are no locals. A variable has the type of its
/// value.</para>
/// </remarks>
public static class ProfilerScript
{
    /// <summary>Code as the command of a reported profile.</summary>
    extension(Profiler)
    {
        /// <summary>Runs code and reports it.</summary>
        /// <param name="code">What to run.</param>
        /// <param name="fileName">The file to write; null to print the report, sorted by the printed labels.</param>
        /// <exception cref="CompilationErrorException">The code does not compile; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is already recording; nothing is run.</exception>
        /// <exception cref="IOException">The file cannot be written; if this is known beforehand, nothing is
        /// run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Run(string code, string? fileName = null) =>
            Run(code, Assembly.GetCallingAssembly(), Variables.None, new(fileName, [SortKey.StandardName]));

        /// <summary>Runs code and reports it.</summary>
        /// <param name="code">What to run.</param>
        /// <param name="fileName">The file to write; null to print the report.</param>
        /// <param name="sort">The sort keys of the printed report, most significant first.</param>
        /// <exception cref="CompilationErrorException">The code does not compile; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is already recording; nothing is run.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A key is not valid; nothing is run.</exception>
        /// <exception cref="IOException">The file cannot be written; if this is known beforehand, nothing is
        /// run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Run(string code, string? fileName = null, params SortKey[] sort) =>
            Run(code, Assembly.GetCallingAssembly(), Variables.None, new(fileName, ProfileReport.Check(sort)));

        /// <summary>Runs code and reports it.</summary>
        /// <param name="code">What to run.</param>
        /// <param name="fileName">The file to write; null to print the report.</param>
        /// <param name="sort">The sort keys of the printed report, most significant first, by their pstats names:
        /// <c>cumulative</c>, <c>tottime</c>, <c>ncalls</c> and so on.</param>
        /// <exception cref="CompilationErrorException">The code does not compile; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is already recording; nothing is run.</exception>
        /// <exception cref="ArgumentException">A name is not a sort key; nothing is run.</exception>
        /// <exception cref="IOException">The file cannot be written; if this is known beforehand, nothing is
        /// run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Run(string code, string? fileName = null, params string[] sort) =>
            Run(code, Assembly.GetCallingAssembly(), Variables.None, new(fileName, ProfileReport.Check(sort)));

        /// <summary>Runs code with variables and reports it.</summary>
        /// <param name="code">What to run.</param>
        /// <param name="globals">The variables available to the code.</param>
        /// <param name="locals">More variables, which take precedence; null to use the globals.</param>
        /// <param name="fileName">The file to write; null to print the report, sorted by the printed labels.</param>
        /// <exception cref="CompilationErrorException">The code does not compile; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is already recording; nothing is run.</exception>
        /// <exception cref="IOException">The file cannot be written; if this is known beforehand, nothing is
        /// run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void RunCtx(string code, IDictionary<string, object?> globals, IDictionary<string, object?>? locals = null, string? fileName = null) =>
            Run(code, Assembly.GetCallingAssembly(), new(globals, locals), new(fileName, [SortKey.StandardName]));

        /// <summary>Runs code with variables and reports it.</summary>
        /// <param name="code">What to run.</param>
        /// <param name="globals">The variables available to the code.</param>
        /// <param name="locals">More variables, which take precedence; null to use the globals.</param>
        /// <param name="fileName">The file to write; null to print the report.</param>
        /// <param name="sort">The sort keys of the printed report, most significant first.</param>
        /// <exception cref="CompilationErrorException">The code does not compile; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is already recording; nothing is run.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A key is not valid; nothing is run.</exception>
        /// <exception cref="IOException">The file cannot be written; if this is known beforehand, nothing is
        /// run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void RunCtx(string code, IDictionary<string, object?> globals, IDictionary<string, object?>? locals = null, string? fileName = null, params SortKey[] sort) =>
            Run(code, Assembly.GetCallingAssembly(), new(globals, locals), new(fileName, ProfileReport.Check(sort)));

        /// <summary>Runs code with variables and reports it.</summary>
        /// <param name="code">What to run.</param>
        /// <param name="globals">The variables available to the code.</param>
        /// <param name="locals">More variables, which take precedence; null to use the globals.</param>
        /// <param name="fileName">The file to write; null to print the report.</param>
        /// <param name="sort">The sort keys of the printed report, most significant first, by their pstats names:
        /// <c>cumulative</c>, <c>tottime</c>, <c>ncalls</c> and so on.</param>
        /// <exception cref="CompilationErrorException">The code does not compile; nothing is run.</exception>
        /// <exception cref="InvalidOperationException">A profile is already recording; nothing is run.</exception>
        /// <exception cref="ArgumentException">A name is not a sort key; nothing is run.</exception>
        /// <exception cref="IOException">The file cannot be written; if this is known beforehand, nothing is
        /// run.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void RunCtx(string code, IDictionary<string, object?> globals, IDictionary<string, object?>? locals = null, string? fileName = null, params string[] sort) =>
            Run(code, Assembly.GetCallingAssembly(), new(globals, locals), new(fileName, ProfileReport.Check(sort)));
    }

    static void Run(string code, Assembly host, Variables variables, ProfileReport report) =>
        ProfiledRun.Of(Command.Of(code, host, variables).Run, report);
}
