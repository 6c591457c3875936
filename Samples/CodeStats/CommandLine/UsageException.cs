namespace CodeStats.CommandLine;

/// <summary>A command line that cannot be followed.</summary>
sealed class UsageException(string message) : Exception(message);
