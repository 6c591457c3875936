using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Calls of base methods in lambdas, iterators and async methods. They stand in another class, so that the compiler adds a
/// method that makes the call for them:
/// <code>
/// string &lt;&gt;n__0() => base.ToString();
/// </code>
/// </summary>
static class BaseCalls
{
    /// <summary>The base method, if <paramref name="method"/> only calls one; otherwise the method itself.</summary>
    public static MethodReference TargetOf(MethodReference method) =>
        CompilerName.Parse(method.Name).Kind == CompilerNameKind.BaseCall
        && method.DeclaringType.GetElementType() is TypeDefinition type
        && type.Methods.FirstOrDefault(candidate => candidate.Name == method.Name) is { HasBody: true } wrapper
        && wrapper.Body.Instructions.FirstOrDefault(instruction => instruction.OpCode.Code == Code.Call) is { } call
            ? (MethodReference)call.Operand
            : method;
}
