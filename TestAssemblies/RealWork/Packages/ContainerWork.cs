using Autofac;
using Autofac.Core;
using Autofac.Features.OwnedInstances;

namespace RealWork;

static class ContainerWork
{
    interface IStore
    {
        string Name { get; }
    }

    sealed class FileStore : IStore
    {
        public string Name => "file";
    }

    sealed class MemoryStore(Counter counter) : IStore, IDisposable
    {
        public string Name => $"memory {counter.Next()}";

        public void Dispose() => counter.Log.Add("disposed");
    }

    sealed class Counter
    {
        int count;

        public List<string> Log { get; } = [];

        public int Next() => ++count;
    }

    sealed class Service<T>(IEnumerable<IStore> stores, Lazy<T> lazy, Func<string, Greeting> greet)
        where T : notnull
    {
        public string Describe() => string.Join(",", stores.Select(store => store.Name)) + lazy.Value + greet("Ann").Text;
    }

    sealed class Greeting(string name, Counter counter)
    {
        public string Text => $"Hello {name} {counter.Next()}";
    }

    sealed class Circle(Circle other)
    {
        public Circle Other => other;
    }

    public static void Run(TextWriter output)
    {
        var builder = new ContainerBuilder();
        builder.RegisterType<Counter>().SingleInstance();
        builder.RegisterType<FileStore>().As<IStore>();
        builder.RegisterType<MemoryStore>().As<IStore>().InstancePerLifetimeScope().Keyed<IStore>("memory");
        builder.RegisterType<Greeting>();
        builder.RegisterType<Circle>();
        builder.RegisterGeneric(typeof(Service<>));
        builder.RegisterInstance("a text");
        builder.RegisterDecorator<IStore>((_, _, store) => new Decorated(store));
        using var container = builder.Build();
        for (var i = 0; i < 50; i++)
        {
            using var scope = container.BeginLifetimeScope(inner => inner.Register(_ => (object)i));
            output.WriteLine(scope.Resolve<Service<string>>().Describe());
            output.WriteLine(scope.ResolveKeyed<IStore>("memory").Name + scope.Resolve<object>());
            using var owned = scope.Resolve<Owned<Greeting>>(new NamedParameter("name", "Bob"));
            output.WriteLine(owned.Value.Text);
        }
        foreach (var type in new[] { typeof(Circle), typeof(IFormattable) })
        {
            try
            {
                container.Resolve(type);
            }
            catch (Exception e) when (e is DependencyResolutionException or Autofac.Core.Registration.ComponentNotRegisteredException)
            {
                output.WriteLine(e.Message);
            }
        }
        output.WriteLine(string.Join(",", container.Resolve<Counter>().Log));
    }

    sealed class Decorated(IStore inner) : IStore
    {
        public string Name => $"<{inner.Name}>";
    }
}
