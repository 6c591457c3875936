using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace ProfilerWeaver.Scripting;

/// <summary>The variables that code finds and leaves behind. As in Python, those of <c>locals</c> come before those of
/// <c>globals</c>, and what is assigned goes to <c>locals</c>.</summary>
/// <param name="globals">The variables by name.</param>
/// <param name="locals">More variables; null: the same.</param>
sealed class Variables(IDictionary<string, object?> globals, IDictionary<string, object?>? locals)
{
    readonly IDictionary<string, object?> assigned = locals ?? globals;
    readonly Dictionary<string, object?> values = Merge(globals, locals);

    /// <summary>For code that is given none.</summary>
    public static Variables None => new(new Dictionary<string, object?>(), null);

    /// <summary>C# that declares them. A variable has the type of its value.</summary>
    public string Declarations
    {
        get
        {
            var text = new StringBuilder();
            foreach (var (name, value) in values)
                text.Append($"{TypeText.Of(value)} @{name} = default;\n");
            return text.ToString();
        }
    }

    /// <summary>Sets the variables that were declared.</summary>
    /// <param name="state">The state of the declaring script.</param>
    public void CopyTo(object state)
    {
        foreach (var (name, value) in values)
            state.GetType().GetField(name)!.SetValue(state, value);
    }

    /// <summary>Takes over the variables whose value is another one now.</summary>
    /// <param name="state">The state of the declaring script.</param>
    public void CopyFrom(object state)
    {
        foreach (var (name, before) in values)
        {
            var now = state.GetType().GetField(name)!.GetValue(state);
            if (!(now is ValueType ? now.Equals(before) : ReferenceEquals(now, before)))
                assigned[name] = now;
        }
    }

    /// <summary>Adds the variables that a script declared itself.</summary>
    /// <param name="state">Its state.</param>
    public void Add(object state)
    {
        foreach (var field in state.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public))
        {
            // The compiler's own fields have names that are none in C#.
            if (SyntaxFacts.IsValidIdentifier(field.Name))
                assigned[field.Name] = field.GetValue(state);
        }
    }

    static Dictionary<string, object?> Merge(IDictionary<string, object?> globals, IDictionary<string, object?>? locals)
    {
        ArgumentNullException.ThrowIfNull(globals);
        var values = new Dictionary<string, object?>(globals);
        foreach (var (name, value) in locals ?? new Dictionary<string, object?>())
            values[name] = value;
        foreach (var name in values.Keys)
        {
            if (!SyntaxFacts.IsValidIdentifier(name))
                throw new ArgumentException($"'{name}' cannot be the name of a variable: it is not a C# identifier.");
        }
        return values;
    }
}
