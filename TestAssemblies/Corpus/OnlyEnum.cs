namespace Scenarios.Corpus;

// A file without a statement.
enum OnlyEnum
{
    A,
    B,
}
