using System.Linq.Expressions;

namespace ProfilerWeaver;

/// <summary>Asserts on the calls of a profile, for any test framework.</summary>
/// <example><code>
/// using var measurement = Profile.Measure();
/// api.GetOrder(7);
/// measurement.Stop().Expect("Repository.Load").Per("Api.GetOrder").Exactly(1);
/// </code></example>
public static class ProfileExpectations
{
    /// <summary>Begins an expectation of the calls of a method.</summary>
    /// <param name="profile">What was measured.</param>
    /// <param name="method">The full name of the method or its last parts; <c>*</c> stands for any characters. A method that is not
    /// woven is in braces: <c>{System.IO.File.*}</c>. Without types of parameters all overloads are meant.</param>
    public static CallExpectation Expect(this ProfileData profile, string method) => new(Of(profile), MethodChoice.Named(method));

    /// <inheritdoc cref="Expect(ProfileData, string)"/>
    /// <param name="profile">What was measured.</param>
    /// <param name="method">The method, so that it can be renamed: <c>Expect(repository.Load)</c>. All overloads are meant.</param>
    public static CallExpectation Expect(this ProfileData profile, Delegate method) => new(Of(profile), MethodChoice.Of(method));

    /// <inheritdoc cref="Expect(ProfileData, string)"/>
    /// <param name="profile">What was measured.</param>
    /// <param name="call">A call of the method, which is not made: <c>Expect(() => repository.Load(0))</c>. All overloads are
    /// meant.</param>
    public static CallExpectation Expect(this ProfileData profile, Expression<Action> call) => new(Of(profile), MethodChoice.Of(call));

    /// <summary>Begins an expectation of all methods.</summary>
    public static ProfileExpectation Expect(this ProfileData profile) => new(Of(profile));

    static GatedProfile Of(ProfileData profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new(new Stats(profile));
    }
}
