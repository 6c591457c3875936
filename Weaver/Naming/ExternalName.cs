namespace ProfilerWeaver.Weaving;

/// <summary>What a method outside the woven assemblies is called.</summary>
/// <param name="Assembly">The assembly that its caller refers to.</param>
/// <param name="Name">Its full name.</param>
/// <param name="TypeLength">How much of the name is that of the type, in characters.</param>
sealed record ExternalName(string Assembly, string Name, int TypeLength);
