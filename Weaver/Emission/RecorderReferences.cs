using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>What woven code calls in the runtime library (<see cref="RecorderMember"/>), as references of the module that is
/// being woven.</summary>
sealed class RecorderReferences
{
    readonly TypeReference recorder;
    readonly TypeReference places;

    RecorderReferences(ModuleDefinition module, IMetadataScope runtime)
    {
        recorder = new TypeReference(RecorderMember.Assembly, RecorderMember.Type, module, runtime);
        places = new TypeReference(RecorderMember.Assembly, RecorderMember.PlacesType, module, runtime);
        var system = module.TypeSystem;
        Token = system.IntPtr;
        Register = Method(RecorderMember.Register, system.Int32, system.IntPtr, system.Int32);
        Enter = Method(RecorderMember.Enter, Token, system.Int32);
        EnterExternal = Method(RecorderMember.EnterExternal, Token, system.Int32);
        Exit = Method(RecorderMember.Exit, system.Void, Token);
        Catch = Method(RecorderMember.Catch, system.Void, Token);
        Activation = new TypeReference(RecorderMember.Assembly, RecorderMember.ActivationType, module, runtime, valueType: true);
        EnterAsync = Method(RecorderMember.EnterAsync, Token, system.Int32, new ByReferenceType(Activation));
        Suspend = Method(RecorderMember.Suspend, system.Void, Token);
        Complete = Method(RecorderMember.Complete, system.Void, Token, new ByReferenceType(Activation));
    }

    /// <summary>The type of what <see cref="Enter"/> returns and <see cref="Exit"/> takes.</summary>
    public TypeReference Token { get; }

    /// <summary><c>int Recorder.Register(nint table, int length)</c></summary>
    public MethodReference Register { get; }

    /// <summary><c>nint Recorder.Enter(int method)</c></summary>
    public MethodReference Enter { get; }

    /// <summary><c>nint Recorder.EnterExternal(int method)</c></summary>
    public MethodReference EnterExternal { get; }

    /// <summary><c>void Recorder.Exit(nint token)</c></summary>
    public MethodReference Exit { get; }

    /// <summary><c>void Recorder.Catch(nint token)</c></summary>
    public MethodReference Catch { get; }

    /// <summary><c>AsyncActivation</c>, what the state machine of an async method keeps.</summary>
    public TypeReference Activation { get; }

    /// <summary><c>nint Recorder.EnterAsync(int method, ref AsyncActivation activation)</c></summary>
    public MethodReference EnterAsync { get; }

    /// <summary><c>void Recorder.Suspend(nint token)</c></summary>
    public MethodReference Suspend { get; }

    /// <summary><c>void Recorder.Complete(nint token, ref AsyncActivation activation)</c></summary>
    public MethodReference Complete { get; }

    /// <summary>A method of <c>ProgramPlaces</c>.</summary>
    public MethodReference OfPlaces(string name, TypeReference result, params TypeReference[] parameters) =>
        Method(places, name, result, parameters);

    MethodReference Method(string name, TypeReference result, params TypeReference[] parameters) =>
        Method(recorder, name, result, parameters);

    static MethodReference Method(TypeReference type, string name, TypeReference result, TypeReference[] parameters)
    {
        var method = new MethodReference(name, result, type);
        foreach (var parameter in parameters)
            method.Parameters.Add(new(parameter));
        return method;
    }

    /// <summary>Adds the reference to the runtime library, unless the module has it.</summary>
    public static RecorderReferences Import(ModuleDefinition module, AssemblyNameReference runtime)
    {
        var reference = module.AssemblyReferences.FirstOrDefault(known => known.Name == runtime.Name);
        if (reference is null)
        {
            reference = new(runtime.Name, runtime.Version) { PublicKeyToken = runtime.PublicKeyToken };
            module.AssemblyReferences.Add(reference);
        }
        return new(module, reference);
    }
}
