namespace Scenarios.Corpus;

// C# 11: types that are local to their file
file static class Local
{
    public static int Twice(int n) => n + n;

    public static int Twice(LocalBox<int> box) => Twice(box.Value);

    public static int Twice(List<LocalBox<LocalItem>[]>? boxes, ref LocalItem? item) => (boxes?.Count ?? 1) + (item is null ? 1 : 2);

    public static T Same<T>(T value) => value;
}

file class LocalBox<T>(T value)
{
    public T Value => value;

    public override string ToString() => $"{new Func<T>(() => value)()}";

    internal class Lid
    {
        public static int Size(T value) => new Func<int>(() => value is null ? 0 : 1)();
    }
}

file record LocalItem
{
    public string Name { get; init; } = "";

    public decimal Price { get; init; }
}

file interface ILocal
{
    int Level { get; set; }

    IEnumerable<int> Levels();
}

file sealed class Levelled : ILocal
{
    int ILocal.Level { get; set; }

    IEnumerable<int> ILocal.Levels()
    {
        yield return new Func<int>(() => ((ILocal)this).Level)();
    }
}

file static class LocalExtensions
{
    extension(LocalItem item)
    {
        public int Letters => item.Name.Length;
    }

    public static int CountOf(this LocalItem item) => item.Letters;
}

public static class FileLocal
{
    public static string Types_of_a_file()
    {
        ILocal levelled = new Levelled();
        levelled.Level = 3;
        LocalItem? item = new LocalItem { Name = "a", Price = 3 };
        return $"{Local.Twice(Local.Same(new LocalBox<int>(4).Value))} {Local.Twice(new LocalBox<int>(3))} " +
            $"{new LocalBox<int>(4)} {item == new LocalItem { Name = "a", Price = 4 }} {item with { Price = 5 }} " +
            $"{Local.Twice(null, ref item)} {LocalBox<string>.Lid.Size("a")} {string.Join(",", levelled.Levels())} {item!.CountOf()}";
    }
}
