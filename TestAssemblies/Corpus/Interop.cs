using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Scenarios.Corpus;

// vescon/MethodBoundaryAspect.Fody#54, MrAdvice#54: no body; coverlet#1762: LibraryImport
public static unsafe partial class Interop
{
    delegate int Binary(int left, int right);

    [DllImport("libc", EntryPoint = "getpid")]
    static extern int GetPid();

    [LibraryImport("libc", EntryPoint = "getpid", SetLastError = true)]
    private static partial int GetPidGenerated();

    [LibraryImport("libc", EntryPoint = "strlen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Length(string text);

    [UnmanagedCallersOnly]
    static int Add(int left, int right)
    {
        try
        {
            return checked(left + right);
        }
        catch (OverflowException)
        {
            return -1;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Store(int* place) => *place = 42;

    static int Multiply(int left, int right) => left * right;

    static ref int First(int[] cells) => ref cells[0];

    abstract class Shape
    {
        public abstract int Area(int size);
    }

    sealed class Square : Shape
    {
        public override int Area(int size) => size * size;
    }

    [Guid("00000000-0000-0000-C000-000000000046"), ComImport, InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    interface INever
    {
        void Nothing();
    }

    public static string Platform_invoke()
    {
        if (OperatingSystem.IsWindows())
            return "no libc here";
        return $"{GetPid() == Environment.ProcessId} {GetPidGenerated() == Environment.ProcessId} {Length("weave")}";
    }

    public static string Unmanaged_callers()
    {
        delegate* unmanaged<int, int, int> add = &Add;
        delegate* unmanaged[Cdecl]<int*, void> store = &Store;
        var place = 0;
        store(&place);
        return $"{add(1, 2)} {add(int.MaxValue, 1)} {place}";
    }

    public static string Function_pointers()
    {
        delegate*<int, int, int> multiply = &Multiply;
        delegate*<int[], ref int> first = &First;
        var cells = new int[1];
        first(cells) = multiply(6, 7);
        var log = new Log();
        log.Add(cells);
        log.Try(() => First([]));
        return log.ToString();
    }

    public static string Delegates()
    {
        Binary binary = Multiply;
        binary += (left, right) => left + right;
        var asynchronous = binary.GetInvocationList().Length;
        var open = typeof(Shape).GetMethod("Area")!.CreateDelegate<Func<Shape, int, int>>();
        var closedOverNull = new Func<int>(((object?)null).Hash);
        return $"{binary(3, 4)} {asynchronous} {open(new Square(), 5)} {closedOverNull()}";
    }

    static int Hash(this object? value) => value?.GetHashCode() ?? -1;

    public static string Callbacks_from_native_code()
    {
        if (OperatingSystem.IsWindows())
            return "no libc here";
        var cells = new[] { 3, 1, 2 };
        fixed (int* start = cells)
            Sort(start, 3, 4, &Compare);
        return string.Join(" ", cells);
    }

    [UnmanagedCallersOnly]
    static int Compare(int* left, int* right) => (*left).CompareTo(*right);

    [LibraryImport("libc", EntryPoint = "qsort")]
    private static partial void Sort(void* start, nint count, nint size, delegate* unmanaged<int*, int*, int> compare);
}
