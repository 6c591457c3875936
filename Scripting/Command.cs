using System.Reflection;

namespace ProfilerWeaver.Scripting;

/// <summary>Code that was given as text: compiled, woven and loaded, so that nothing but itself is left to be run.</summary>
sealed class Command
{
    readonly Variables variables;
    readonly ScriptAssembly declarations;
    readonly ScriptAssembly code;

    Command(Variables variables, CompiledScript compiled)
    {
        this.variables = variables;
        var context = new ScriptLoadContext(compiled.Host);
        declarations = new(context.Load(compiled.Declarations));
        code = new(context.Load(ScriptWeaving.Weave(compiled)));
    }

    /// <summary>Prepares code to run.</summary>
    /// <param name="code">The code.</param>
    /// <param name="host">The assembly whose names are at hand.</param>
    /// <param name="variables">What it finds and leaves behind.</param>
    /// <exception cref="Microsoft.CodeAnalysis.Scripting.CompilationErrorException">The code is not C#.</exception>
    public static Command Of(string code, Assembly host, Variables variables)
    {
        ArgumentNullException.ThrowIfNull(code);
        return new(variables, ScriptCompiler.Compile(code, variables.Declarations, new(host)));
    }

    /// <summary>Runs the code to its end. What it assigned to variables is handed over, even if it throws.</summary>
    public void Run()
    {
        // The first element is for an object that this kind of script does not use; the others are filled by the scripts.
        var states = new object?[3];
        declarations.Run(states);
        variables.CopyTo(states[1]!);
        try
        {
            code.Run(states);
        }
        finally
        {
            variables.CopyFrom(states[1]!);
            if (states[2] is { } declared)
                variables.Add(declared);
        }
    }
}

/// <summary>The assembly of a script, loaded.</summary>
sealed class ScriptAssembly(Assembly assembly)
{
    // What the compiler calls the method that makes a script's state and runs it.
    const string Factory = "<Factory>";

    readonly Func<object?[], Task<object>> run = assembly.GetType(ScriptCompiler.ClassName, throwOnError: true)!
        .GetMethod(Factory, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
        .CreateDelegate<Func<object?[], Task<object>>>();

    /// <summary>Runs the script to its end.</summary>
    /// <param name="states">The states of the scripts before; its own is added.</param>
    public void Run(object?[] states) => run(states).GetAwaiter().GetResult();
}
