using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ProfilerWeaver.Tests.Architecture;

/// <summary>Which types a type is written with: in its declaration, its members' signatures and their bodies.</summary>
static class TypeUses
{
    public static IEnumerable<TypeReference> Of(TypeDefinition type)
    {
        var named = new List<TypeReference?> { type.BaseType };
        named.AddRange(type.Interfaces.Select(implemented => implemented.InterfaceType));
        AddConstraints(named, type);
        AddAttributes(named, type);
        foreach (var field in type.Fields)
        {
            named.Add(field.FieldType);
            AddAttributes(named, field);
        }
        foreach (var method in type.Methods)
        {
            AddSignature(named, method);
            AddConstraints(named, method);
            AddAttributes(named, method);
            if (method.HasBody)
                AddBody(named, method.Body);
        }
        return named.OfType<TypeReference>().SelectMany(Parts);
    }

    static void AddBody(List<TypeReference?> named, MethodBody body)
    {
        named.AddRange(body.Variables.Select(variable => variable.VariableType));
        named.AddRange(body.ExceptionHandlers.Select(handler => handler.CatchType));
        foreach (var instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference type:
                    named.Add(type);
                    break;
                case FieldReference field:
                    named.Add(field.DeclaringType);
                    named.Add(field.FieldType);
                    break;
                case MethodReference method:
                    named.Add(method.DeclaringType);
                    AddSignature(named, method);
                    if (method is GenericInstanceMethod instance)
                        named.AddRange(instance.GenericArguments);
                    break;
            }
        }
    }

    static void AddSignature(List<TypeReference?> named, MethodReference method)
    {
        named.Add(method.ReturnType);
        named.AddRange(method.Parameters.Select(parameter => parameter.ParameterType));
    }

    static void AddConstraints(List<TypeReference?> named, IGenericParameterProvider provider) =>
        named.AddRange(provider.GenericParameters.SelectMany(parameter => parameter.Constraints)
            .Select(constraint => constraint.ConstraintType));

    static void AddAttributes(List<TypeReference?> named, ICustomAttributeProvider provider) =>
        named.AddRange(provider.CustomAttributes.Select(attribute => attribute.AttributeType));

    static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType instance => Parts(instance.ElementType).Concat(instance.GenericArguments.SelectMany(Parts)),
        IModifierType modified => Parts(((TypeSpecification)modified).ElementType).Concat(Parts(modified.ModifierType)),
        FunctionPointerType pointer => Parts(pointer.ReturnType)
            .Concat(pointer.Parameters.SelectMany(parameter => Parts(parameter.ParameterType))),
        TypeSpecification specification => Parts(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
