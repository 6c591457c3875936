using System.ComponentModel;
using System.Diagnostics;

namespace ProfilerWeaver.Tool;

/// <summary>Chooses the copy that a run takes: one with machine code, if the program's assemblies had some, or the plain one.
/// Compiling takes longer than weaving, so it is done in the background, once the program has ended, and the next run has it.</summary>
/// <param name="program">The program.</param>
/// <param name="weaving">What of it is woven, and how.</param>
/// <param name="choice">What the user wants.</param>
sealed class PrecompiledCopy(TargetProgram program, WeavingChoice weaving, Precompilation choice)
{
    // A package that could not be restored today may be there tomorrow.
    static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    bool isWanted;

    /// <summary>What is told of it on request; empty: there is nothing to tell.</summary>
    public string Explanation { get; private set; } = "";

    /// <summary>The copy to run.</summary>
    /// <exception cref="ToolException">It cannot be made.</exception>
    public CachedCopy Get()
    {
        var plain = CopyCache.Get(program, weaving);
        if (plain.LostMachineCode == 0)
            return plain;
        var (trouble, isFresh) = KnownTrouble();
        if (choice == Precompilation.Off)
            return Plain("off");
        if (CopyCache.Find(program, weaving.Precompiled()) is { } known)
            return Precompiled(known);
        if (choice == Precompilation.Auto)
        {
            isWanted = trouble is null || !isFresh;
            return Plain(isWanted ? "done in the background after this run" : trouble!);
        }
        try
        {
            var made = CopyCache.Get(program, weaving.Precompiled());
            File.Delete(TroubleFile);
            return Precompiled(made);
        }
        catch (PrecompilationException e)
        {
            NoteTrouble(e.Message);
            if (choice == Precompilation.On)
                Messages.WriteLine($"dotnet-prof: warning: {program.Name} was not recompiled ahead of time, so the JIT compiles it: {e.Message}.");
            return Plain(e.Message);
        }

        CachedCopy Precompiled(CachedCopy copy)
        {
            plain.Dispose();
            Explanation = "done; " + (copy.LostMachineCode == 0 ? "all assemblies that had machine code have it again"
                : $"{copy.LostMachineCode} could not be compiled");
            return copy;
        }

        CachedCopy Plain(string why)
        {
            Explanation = why;
            return plain;
        }
    }

    /// <summary>After the run: compiles for the next one, if that is to be done.</summary>
    public void CompileForNextRun()
    {
        if (!isWanted)
            return;
        var tool = Environment.ProcessPath!;
        string[] itself = ManagedTool.IsRunning ? [Path.Combine(ManagedTool.Folder, "dotnet-prof.dll")] : [];
        var start = new ProcessStartInfo(ManagedTool.IsRunning ? DotNet.Host : tool,
            [.. itself, "--precompile", PrecompilationName.Only, .. weaving.Arguments(), program.Host ?? program.Assembly])
        {
            // Not ours: whoever reads our output would wait for its end.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        try
        {
            using var process = Process.Start(start)!;
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or NotSupportedException)
        {
            // Next time, perhaps; or it has ended by now.
        }
    }

    /// <summary>In the background: compiles, unless somebody else does.</summary>
    public void Compile()
    {
        try
        {
            using var alone = new FileStream(IndexFile + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            Get().Dispose();
        }
        catch (IOException)
        {
            // Somebody does.
        }
    }

    string IndexFile => CopyCache.IndexFile(CacheFolder.Open(), program, weaving.Precompiled());

    string TroubleFile => IndexFile + ".trouble";

    (string? Trouble, bool IsFresh) KnownTrouble() => FieldFile.Read(TroubleFile) is [var text]
        ? (text, File.GetLastWriteTimeUtc(TroubleFile) > DateTime.UtcNow - Patience)
        : (null, false);

    void NoteTrouble(string text)
    {
        File.Delete(TroubleFile);
        using var file = FieldFile.Create(TroubleFile);
        FieldFile.Write(file, [text]);
    }
}
