using System.Runtime.CompilerServices;

namespace CodeStats.Lexing;

/// <summary>The condition of an <c>#if</c> or <c>#elif</c>.</summary>
sealed class PreprocessorCondition
{
    readonly string text;
    readonly IReadOnlySet<string> symbols;
    int position;

    PreprocessorCondition(string text, IReadOnlySet<string> symbols)
    {
        this.text = text;
        this.symbols = symbols;
    }

    /// <summary>Whether the condition holds, given the symbols that are defined.</summary>
    /// <exception cref="DirectiveException">The condition is malformed.</exception>
    public static bool Evaluate(string text, IReadOnlySet<string> symbols)
    {
        var condition = new PreprocessorCondition(text, symbols);
        var value = condition.Or();
        return condition.position == text.Length ? value : throw condition.Malformed();
    }

    bool Or()
    {
        var value = And();
        while (Take("||"))
            value |= And();
        return value;
    }

    bool And()
    {
        var value = Equality();
        while (Take("&&"))
            value &= Equality();
        return value;
    }

    bool Equality()
    {
        var value = Unary();
        while (true)
        {
            if (Take("=="))
                value = value == Unary();
            else if (Take("!="))
                value = value != Unary();
            else
                return value;
        }
    }

    bool Unary()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new DirectiveException("the condition is nested too deeply");
        if (Take("!"))
            return !Unary();
        if (!Take("("))
            return Symbol();
        var value = Or();
        return Take(")") ? value : throw Malformed();
    }

    bool Symbol()
    {
        var start = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_'))
            position++;
        var name = text[start..position];
        SkipBlanks();
        return name switch
        {
            "" => throw Malformed(),
            "true" => true,
            "false" => false,
            _ => symbols.Contains(name),
        };
    }

    bool Take(string expected)
    {
        if (string.CompareOrdinal(text, position, expected, 0, expected.Length) != 0)
            return false;
        position += expected.Length;
        SkipBlanks();
        return true;
    }

    void SkipBlanks()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
            position++;
    }

    DirectiveException Malformed() => new($"the condition '{text}' is malformed");
}
