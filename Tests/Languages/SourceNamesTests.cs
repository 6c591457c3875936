namespace ProfilerWeaver.Tests.Languages;

/// <summary>What compilers make names for bears the name that is in the source, and its line.</summary>
[TestFixture("Debug")]
[TestFixture("Release")]
public class SourceNamesTests(string configuration)
{
    [TestCase("Scenarios.Corpus.Local.Twice(LocalBox<int>)")]
    [TestCase("Scenarios.Corpus.Local.Twice(List<LocalBox<LocalItem>[]>,ref LocalItem)")]
    [TestCase("Scenarios.Corpus.LocalBox<T>.LocalBox")]
    [TestCase("Scenarios.Corpus.LocalBox<T>.Lid.Size.<lambda>")]
    [TestCase("Scenarios.Corpus.LocalItem.Equals(LocalItem)")]
    [TestCase("Scenarios.Corpus.Levelled.ILocal.Level=")]
    [TestCase("Scenarios.Corpus.Levelled.ILocal.Levels")]
    [TestCase("Scenarios.Corpus.LocalExtensions.Letters")]
    [TestCase("System.Text.RegularExpressions.Generated.Words_0.RunnerFactory.Runner.TryMatchAtCurrentPosition")]
    [TestCase("<anonymous type: number,twice>.new")]
    [TestCase("<anonymous type: <range variables>,more>.<range variables>")]
    [TestCase("Scenarios.Corpus.Nameless.Pass(delegate*<int,int>,int)")]
    [TestCase("Scenarios.Corpus.Nameless.DeepShelf.Level=.<lambda>")]
    [TestCase("Scenarios.Corpus.Nameless.Explicit.ILevel.this[]")]
    [TestCase("Scenarios.Corpus.Nameless.Explicit.ILevel.Changed+=")]
    [TestCase("Scenarios.Corpus.Nameless.Explicit.ILevel<Dictionary<string,List<int>>>.Of<TOther>.<lambda>")]
    public void W5_CSharp_rows_are_called(string name) => Assert.That(Names("Scenarios.Corpus"), Has.Member(name));

    [TestCase("Scenarios.Naming.Level.ILevel.Usage")]
    [TestCase("Scenarios.Naming.Level.ILevel.Value=")]
    [TestCase("Scenarios.Naming.Level.ILevel.this[]")]
    [TestCase("Scenarios.Naming.Level.ILevel.Changed+=")]
    [TestCase("Scenarios.Naming.Level.ILevel.Usage.<lambda>")]
    [TestCase("Scenarios.Naming.Exception.FirstLine")]
    [TestCase("Scenarios.Naming.Exception.HelpText=")]
    [TestCase("Scenarios.Naming.Exception.LineCount.<lambda>")]
    [TestCase("Scenarios.Naming.Ext.Box<T>.Doubled")]
    [TestCase("Scenarios.Naming.Ext.Box<T>.With<U>.<lambda>")]
    [TestCase("Scenarios.Naming.seven.<lambda>")]
    [TestCase("Scenarios.Naming.twelve.f")]
    [TestCase("Scenarios.Naming.curried.<lambda>")]
    [TestCase("Scenarios.Naming.should fail (without .dots & such).")]
    [TestCase("Scenarios.Naming.should fail (without .dots & such)..<lambda>")]
    [TestCase("Scenarios.Naming.A module, (named).x.y.<lambda>")]
    [TestCase("Scenarios.Naming.Type with spaces.prop.erty")]
    [TestCase("Scenarios.Naming.a")]
    [TestCase("Scenarios.Naming.counter=")]
    [TestCase("Scenarios.Naming.lazily.<lambda>")]
    [TestCase("Scenarios.Naming.Failed.Message")]
    [TestCase("Scenarios.Naming.Shape.Nothing.Nothing")]
    [TestCase("Scenarios.Naming.operator %%")]
    [TestCase("Scenarios.Naming.addAll<T>.<witnesses>")]
    [TestCase("Scenarios.Naming.Ranges.operator ..<T>.<witnesses>")]
    [TestCase("Scenarios.Naming.get_thing")]
    public void W5_FSharp_rows_are_called(string name) => Assert.That(Names("Scenarios.FSharp"), Has.Member(name));

    [TestCase("Scenarios.Naming.Squares")]
    [TestCase("Scenarios.Naming.DeepShelf.Sizes")]
    [TestCase("Scenarios.Naming.DeepShelf.Level.<lambda>")]
    [TestCase("Scenarios.Naming.RelaxedDelegates.<lambda>")]
    [TestCase("<anonymous type: Name,Size>.Equals(object)")]
    public void W5_Visual_Basic_rows_are_called(string name) => Assert.That(Names("Scenarios.VisualBasic"), Has.Member(name));

    [TestCase("Scenarios.Corpus", "<>n__")]
    [TestCase("Scenarios.Corpus", "<>z__ReadOnly")]
    [TestCase("Scenarios.FSharp", "@DebugTypeProxy")]
    [TestCase("Scenarios.FSharp", "__DebugDisplay")]
    [TestCase("Scenarios.VisualBasic", "$VB$ClosureStub_")]
    [TestCase("Scenarios.VisualBasic", "_Lambda$__R")]
    public void W5_What_holds_no_code_of_the_users_is_not_woven(string assembly, string part)
    {
        var report = WovenRows.Of(assembly, configuration).Report;

        Assert.That(report.Woven.Where(method => NameOf(method.Method).Contains(part, StringComparison.Ordinal)), Is.Empty);
        Assert.That(report.Skipped.Where(method => NameOf(method.Method).Contains(part, StringComparison.Ordinal)), Is.Not.Empty);

        // The type and the method, without what it returns and takes.
        static string NameOf(string method) => method[(method.IndexOf(' ') + 1)..].Split('(')[0];
    }

    [Test]
    public void W5_A_base_call_in_a_lambda_is_one_of_the_base_method() =>
        Assert.That(WovenRows.Of("Scenarios.Corpus", configuration).Externals, Has.Member("System.Object.ToString"));

    [TestCase("System.Span.implicit operator ReadOnlySpan<T>")]
    [TestCase("System.Index.implicit operator Index")]
    public void W5_External_CSharp_rows_are_called(string name) =>
        Assert.That(WovenRows.Of("Scenarios.Corpus", configuration).Externals, Has.Member(name));

    [TestCase("Nameless.Constructed.Constructed(int)", "public Constructed(int more)")]
    [TestCase("Nameless.Constructed.Constructed()", ": this(int.Parse(\"5\"))")]
    [TestCase("Nameless.Initialized.Initialized", "public readonly int Number = int.Parse(\"3\");")]
    [TestCase("Nameless.Primary.Primary", "sealed class Primary(int more)")]
    [TestCase("Nameless.Basket.ToString", "internal sealed record Basket(string Owner, List<Line> Lines);")]
    [TestCase("Nameless.Basket.with", "internal sealed record Basket(string Owner, List<Line> Lines);")]
    [TestCase("Nameless.Basket.Basket(Basket)", "internal sealed record Basket(string Owner, List<Line> Lines);")]
    [TestCase("Nameless.Shelf.Shelf", "public virtual int Size(int unit) => unit;")]
    [TestCase("LocalItem.operator ==", "file record LocalItem")]
    [TestCase("AsyncVoid.Button.Clicked+=", "public void Click() => Clicked?.Invoke(this, EventArgs.Empty);")]
    public void W5_The_line_is_that_of_the_member_or_its_type(string name, string text)
    {
        var label = WovenRows.Of("Scenarios.Corpus", configuration).Row("Scenarios.Corpus." + name);

        Assert.That(label.Line, Is.GreaterThan(0));
        Assert.That(File.ReadAllLines(label.File)[label.Line - 1].Trim(), Is.EqualTo(text));
    }

    [Test]
    public void W5_A_value_of_an_FSharp_module_has_its_own_line()
    {
        var label = WovenRows.Of("Scenarios.FSharp", configuration).Row("Scenarios.Naming.table");

        Assert.That(File.ReadAllLines(label.File)[label.Line - 1], Does.StartWith("let table ="));
    }

    IEnumerable<string> Names(string assembly) =>
        WovenRows.Of(assembly, configuration).Methods.Select(method => method.Label.Name);
}
