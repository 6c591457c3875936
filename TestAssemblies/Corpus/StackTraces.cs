using System.Runtime.CompilerServices;

namespace Scenarios.Corpus;

// MethodBoundaryAspect.Fody#57: the frames and lines of a stack trace are those of the source
public static class StackTraces
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    static int Deep(int depth)
    {
        if (depth == 0)
            throw new InvalidOperationException("at the bottom");
        return Deep(depth - 1) + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int Between(Func<int, int> function)
    {
        try
        {
            return function(2) + 1;
        }
        catch (ArgumentException)
        {
            return 0;
        }
        finally
        {
            GC.KeepAlive(function);
        }
    }

    public static string Of_exceptions()
    {
        try
        {
            return Between(Deep).ToString();
        }
        catch (InvalidOperationException e)
        {
            return e.StackTrace!;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task<int> DeepAsync(int depth)
    {
        await Task.CompletedTask;
        return depth == 0 ? Between(Deep) : await DeepAsync(depth - 1) + 1;
    }

    public static async Task<string> Of_async_methods()
    {
        try
        {
            return (await DeepAsync(2)).ToString();
        }
        catch (InvalidOperationException e)
        {
            return e.StackTrace!;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static string Here() => new System.Diagnostics.StackTrace(fNeedFileInfo: true).GetFrames()
        .TakeWhile(frame => frame.GetMethod()?.DeclaringType == typeof(StackTraces))
        .Aggregate("", (text, frame) => $"{text}{frame.GetMethod()!.Name} {frame.GetFileLineNumber()}\n");

    public static string Without_an_exception()
    {
        var text = Here();
        return text;
    }
}
