#if !NET9_0_OR_GREATER
namespace System.Runtime.CompilerServices;

/// <summary>Tells compilers which overload to prefer; older frameworks lack it.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property, Inherited = false)]
sealed class OverloadResolutionPriorityAttribute(int priority) : Attribute
{
    public int Priority => priority;
}
#endif
