using System.Reflection;
using System.Runtime.CompilerServices;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>The just-in-time compiler takes every woven body.</summary>
[TestFixture("Debug", false)]
[TestFixture("Debug", true)]
[TestFixture("Release", false)]
[TestFixture("Release", true)]
public class PreparationTests(string configuration, bool builtins)
{
    const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    [Test]
    public void Every_woven_body_can_be_compiled()
    {
        var assembly = CorpusAssembly.Woven(configuration, builtins).Assembly;
        var fitting = new FittingTypes(assembly);
        var prepared = 0;
        var withoutFittingTypes = new List<string>();
        var refused = new List<string>();
        foreach (var method in assembly.GetTypes().SelectMany(MethodsOf))
        {
            var instantiations = fitting.For(method);
            if (instantiations.Count == 0)
                withoutFittingTypes.Add($"{method.DeclaringType}: {method}");
            foreach (var types in instantiations)
            {
                try
                {
                    RuntimeHelpers.PrepareMethod(method.MethodHandle, Array.ConvertAll(types, type => type.TypeHandle));
                    prepared++;
                }
                catch (Exception e)
                {
                    refused.Add($"{method.DeclaringType}: {method} <{string.Join<Type>(", ", types)}>: {e}");
                }
            }
        }

        Assert.That(refused, Is.Empty);
        Assert.That(withoutFittingTypes, Is.Empty);
        Assert.That(prepared, Is.GreaterThan(1000));
    }

    static IEnumerable<MethodBase> MethodsOf(Type type) =>
        type.GetMembers(All).OfType<MethodBase>().Where(method => method.GetMethodBody() is not null);
}
