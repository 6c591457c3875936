namespace System.Diagnostics.CodeAnalysis;

/// <summary>What the trimmer of .NET knows by its name.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
sealed class UnconditionalSuppressMessageAttribute(string category, string checkId) : Attribute
{
    public string Category => category;

    public string CheckId => checkId;

    public string? Justification { get; set; }
}
