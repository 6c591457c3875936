using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// The class that is added to a woven module. It holds the method table and the id that the recorder gives to the
/// table's first method:
/// <code>
/// static class &lt;ProfilerWeaver&gt;
/// {
///     internal static readonly int FirstId = Recorder.Register((nint)(&amp;Table), length);
///     static readonly TableData Table = { … };   // in the image, not on the heap
/// }
/// </code>
/// A static read-only field is a constant to the JIT once the class is initialized, so an id costs nothing.
/// </summary>
sealed class MethodIds
{
    readonly ModuleDefinition module;
    readonly TypeDefinition type;

    MethodIds(ModuleDefinition module)
    {
        this.module = module;
        type = new("", WovenModule.MarkerType, TypeAttributes.NotPublic | TypeAttributes.Class | TypeAttributes.Abstract |
            TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, module.TypeSystem.Object);
        FirstId = new("FirstId", FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly,
            module.TypeSystem.Int32);
        type.Fields.Add(FirstId);
    }

    /// <summary>The id of the table's first method.</summary>
    public FieldDefinition FirstId { get; }

    /// <summary>False if the symbols will lack documents without statements.</summary>
    public bool KeepsDocuments { get; private set; }

    /// <summary>Adds the class to <paramref name="module"/>; it is empty until <see cref="Complete"/>.</summary>
    public static MethodIds AddTo(ModuleDefinition module)
    {
        var ids = new MethodIds(module);
        // Behind the class of what belongs to no class, which is always the first one and has no statements.
        module.Types.Insert(1, ids.type);
        ids.KeepsDocuments = SymbolDocuments.KeepIn(ids.type, module);
        return ids;
    }

    /// <summary>Puts the table into the class and registers it with the recorder.</summary>
    public void Complete(byte[] table, RecorderReferences recorder)
    {
        var valueType = new TypeReference("System", "ValueType", module, module.TypeSystem.CoreLibrary);
        var data = new TypeDefinition("", "TableData", TypeAttributes.NestedPrivate | TypeAttributes.ExplicitLayout |
            TypeAttributes.Sealed, valueType)
        { PackingSize = 8, ClassSize = table.Length };
        type.NestedTypes.Add(data);
        var field = new FieldDefinition("Table", FieldAttributes.Private | FieldAttributes.Static |
            FieldAttributes.InitOnly | FieldAttributes.HasFieldRVA, data)
        { InitialValue = table };
        type.Fields.Add(field);

        var constructor = new MethodDefinition(".cctor", MethodAttributes.Private | MethodAttributes.Static |
            MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName,
            module.TypeSystem.Void);
        var il = constructor.Body.GetILProcessor();
        il.Emit(OpCodes.Ldsflda, field);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldc_I4, table.Length);
        il.Emit(OpCodes.Call, recorder.Register);
        il.Emit(OpCodes.Stsfld, FirstId);
        il.Emit(OpCodes.Ret);
        type.Methods.Add(constructor);
    }
}
