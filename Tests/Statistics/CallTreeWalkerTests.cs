namespace ProfilerWeaver.Tests;

sealed class CallTreeWalkerTests
{
    [Test]
    public void Each_node_is_entered_before_and_left_after_its_children()
    {
        var root = Node(0, Node(1, Node(2), Node(3)), Node(4));
        var steps = new List<string>();

        var walker = new CallTreeWalker(root);
        while (walker.MoveNext())
            steps.Add($"{(walker.IsEntering ? '+' : '-')}{walker.Node.Method}@{walker.Depth}");

        Assert.That(string.Join(' ', steps),
            Is.EqualTo("+0@0 +1@1 +2@2 -2@2 +3@2 -3@2 -1@1 +4@1 -4@1 -0@0"));
        Assert.That(walker.MoveNext(), Is.False);
    }

    [Test]
    public void There_is_no_node_before_the_first_step() =>
        Assert.That(() => new CallTreeWalker(Node(0)).Node, Throws.InvalidOperationException);

    static CallNode Node(int method, params CallNode[] children) => new() { Method = method, Children = children };
}
