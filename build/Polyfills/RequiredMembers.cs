#if NETSTANDARD2_0
namespace System.Runtime.CompilerServices
{
    /// <summary>Marks required members, which netstandard2.0 lacks.</summary>
    [AttributeUsage(AttributeTargets.All, Inherited = false)]
    sealed class RequiredMemberAttribute : Attribute;

    /// <summary>Tells compilers which feature they need to understand the marked member.</summary>
    [AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
    sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
    {
        public string FeatureName { get; } = featureName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Marks constructors that set every required member.</summary>
    [AttributeUsage(AttributeTargets.Constructor, Inherited = false)]
    sealed class SetsRequiredMembersAttribute : Attribute;
}
#endif
