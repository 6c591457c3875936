using System.Net.Http.Headers;
using System.Text;

namespace ProfilerWeaver;

/// <summary>What a server wants to know of who sends. It is in the environment only: command lines, logs and files are read by
/// others.</summary>
sealed class Credentials
{
    const string Prefix = EnvironmentVariable.AutoStart + "_PUSH_";
    const string Token = Prefix + "TOKEN";
    const string User = Prefix + "USER";
    const string Password = Prefix + "PASSWORD";
    const string TenantVariable = Prefix + "TENANT";
    const string TenantHeader = "X-Scope-OrgID";

    /// <summary>The variables, for messages.</summary>
    public const string Variables = $"{Token} (or {User} and {Password})";

    readonly List<string> secrets = [];

    Credentials(Func<string, string?> variable)
    {
        var token = Read(variable, Token);
        var (user, password) = (Read(variable, User), Read(variable, Password));
        if (token is not null && (user ?? password) is not null)
            throw new ArgumentException($"both {Token} and {User} or {Password} are set. Keep the one that the server wants.");
        if (user is null != password is null)
            throw new ArgumentException($"{(user is null ? Password : User)} is set, but {(user is null ? User : Password)} is not. Set both.");
        if (user?.Contains(':', StringComparison.Ordinal) == true)
            throw new ArgumentException($"{User} has a colon, which ends the name of a user. Remove it.");
        if (token is not null)
            Authorization = new("Bearer", token);
        if (user is not null)
        {
            Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
            secrets.Add(Authorization.Parameter!);
        }
        Tenant = Read(variable, TenantVariable) ?? "";
    }

    /// <summary>Who sends; null: nobody asks.</summary>
    public AuthenticationHeaderValue? Authorization { get; }

    /// <summary>For whom it is sent; empty: nobody asks.</summary>
    public string Tenant { get; }

    /// <summary>Reads them.</summary>
    /// <exception cref="ArgumentException">They are contradictory, or no header can have them.</exception>
    public static Credentials FromEnvironment() => new(Environment.GetEnvironmentVariable);

    /// <summary>Says who sends.</summary>
    public void AddTo(HttpRequestHeaders headers)
    {
        headers.Authorization = Authorization;
        if (Tenant.Length > 0)
            headers.Add(TenantHeader, Tenant);
    }

    /// <summary>A text without what is secret: servers repeat what they were told.</summary>
    public string Hide(string text)
    {
        foreach (var secret in secrets)
            text = text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        return text;
    }

    // Files that hold secrets end with a line's end.
    string? Read(Func<string, string?> variable, string name)
    {
        if (variable(name)?.Trim() is not { Length: > 0 } value)
            return null;
        // The text of the exception that a header makes of it would have it.
        if (!value.All(character => character is >= ' ' and <= '~') && name is Token or TenantVariable)
            throw new ArgumentException($"{name} has a character that no header can have. Set it to what the server has given you.");
        secrets.Add(value);
        return value;
    }
}
