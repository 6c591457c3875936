namespace Scenarios.Corpus;

// Another file without a statement, for a type in two files.
partial interface IOnly
{
    string Name { get; }
}

abstract class OnlyConstants
{
    public const int Answer = 42;

    public abstract void M();
}
