using System.Globalization;
using System.Reflection;

namespace ProfilerWeaver;

/// <summary>What the runner calls the test that is running: its class and the name that is displayed. The frameworks are asked by
/// their public names, of whatever version they are.</summary>
static class TestName
{
    /// <param name="method">The method of the test.</param>
    /// <param name="instance">What it is called on; null if it is static.</param>
    /// <param name="arguments">What it is called with.</param>
    public static string Of(MethodBase method, object? instance, object?[] arguments)
    {
        var type = instance?.GetType() ?? method.DeclaringType!;
        try
        {
            return OfNUnit() ?? OfXunit3() ?? OfTUnit(type) ?? OfXunit2(method, type, arguments) ?? OfMSTest(method, type, arguments)
                ?? Plain(method, type, arguments);
        }
        catch (Exception e) when (e is TargetInvocationException or AmbiguousMatchException or InvalidCastException)
        {
            return Plain(method, type, arguments);
        }
    }

    // TestContext.CurrentContext.Test.FullName
    static string? OfNUnit() =>
        Loaded("NUnit.Framework.TestContext, nunit.framework") is { } context ? Value(context, null, "CurrentContext", "Test", "FullName") as string : null;

    // TestContext.Current.Test.TestDisplayName
    static string? OfXunit3() =>
        Loaded("Xunit.TestContext, xunit.v3.core") is { } context ? Value(context, null, "Current", "Test", "TestDisplayName") as string : null;

    // TestContext.Current.Metadata.DisplayName
    static string? OfTUnit(Type type) => Loaded("TUnit.Core.TestContext, TUnit.Core") is { } context
        && Value(context, null, "Current", "Metadata", "DisplayName") is string name ? $"{type.FullName}.{name}" : null;

    // Reflector.Wrap(method).GetDisplayNameWithArguments(FactAttribute.DisplayName ?? class and method, arguments, types)
    static string? OfXunit2(MethodBase method, Type type, object?[] arguments)
    {
        const string Library = "xunit.execution.dotnet";
        if (Attribute(method, "Xunit.FactAttribute") is not { } fact || Loaded($"Xunit.Sdk.TypeUtility, {Library}") is not { } names
            || Loaded($"Xunit.Sdk.Reflector, {Library}") is not { } reflector)
            return null;
        var displayed = Value(fact.GetType(), fact, "DisplayName") as string ?? $"{type.FullName}.{method.Name}";
        // What has no rows of data is called by that alone.
        if (method.GetParameters().Length == 0)
            return displayed;
        var wrapped = reflector.GetMethod("Wrap", [typeof(MethodInfo)])!.Invoke(null, [method]);
        return names.GetMethod("GetDisplayNameWithArguments")!.Invoke(null, [wrapped, displayed, arguments, null]) as string;
    }

    // For rows of data ITestDataSource.GetDisplayName(method, arguments), otherwise TestMethodAttribute.DisplayName.
    static string? OfMSTest(MethodBase method, Type type, object?[] arguments)
    {
        const string Namespace = "Microsoft.VisualStudio.TestTools.UnitTesting.";
        if (Attribute(method, Namespace + "TestMethodAttribute") is not { } test)
            return null;
        var sources = method.GetCustomAttributes(inherit: true)
            .Where(attribute => attribute.GetType().GetInterface(Namespace + "ITestDataSource") is not null).ToList();
        var source = sources.Find(source => Value(source.GetType(), source, "Data") is object?[] data && data.SequenceEqual(arguments)) ?? sources.FirstOrDefault();
        var displayed = source is null
            ? Value(test.GetType(), test, "DisplayName")
            : source.GetType().GetMethod("GetDisplayName", [typeof(MethodInfo), typeof(object[])])?.Invoke(source, [method, arguments]);
        return $"{type.FullName}.{displayed as string ?? method.Name}";
    }

    static string Plain(MethodBase method, Type type, object?[] arguments) => $"{type.FullName}.{method.Name}" + (arguments.Length == 0 ? ""
        : $"({string.Join(", ", arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)))})");

    static object? Attribute(MethodBase method, string name) =>
        Array.Find(method.GetCustomAttributes(inherit: true), attribute => Bases(attribute.GetType()).Any(type => type.FullName == name));

    static IEnumerable<Type> Bases(Type? type)
    {
        for (; type is not null; type = type.BaseType)
            yield return type;
    }

    static Type? Loaded(string name)
    {
        var assembly = name[(name.LastIndexOf(' ') + 1)..];
        return Array.Find(AppDomain.CurrentDomain.GetAssemblies(), loaded => loaded.GetName().Name == assembly) is { } found
            ? found.GetType(name[..name.IndexOf(',', StringComparison.Ordinal)])
            : null;
    }

    // The first property is of a type or of an object, each of the others of what the one before it is.
    static object? Value(Type type, object? target, params string[] properties)
    {
        foreach (var name in properties)
        {
            var property = type.GetProperty(name)
                ?? type.GetInterfaces().Select(known => known.GetProperty(name)).FirstOrDefault(known => known is not null);
            if ((target = property?.GetValue(target)) is null)
                return null;
            type = target.GetType();
        }
        return target;
    }
}
