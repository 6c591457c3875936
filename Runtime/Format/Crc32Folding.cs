#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProfilerWeaver;

/// <summary>A <see cref="Crc32"/> by carry-less multiplication: four remainders of 16 bytes at a time are moved over the data, and are reduced to
/// one at its end. V. Gopal and others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ
/// Instruction" (Intel, 2009), whose constants for this polynomial, reflected, these are.</summary>
static unsafe class Crc32Folding
{
    /// <summary>The least that can be folded, in bytes.</summary>
    public const int Least = 64;

    /// <summary>Whole pieces of so many bytes are folded.</summary>
    public const int Piece = 16;

    /// <summary>Whether the processor has the instruction.</summary>
    public static bool IsSupported => Pclmulqdq.IsSupported;

    /// <summary>Goes on with a sum.</summary>
    /// <param name="crc">The inverted sum of what was before; all bits for nothing.</param>
    /// <param name="data">The data.</param>
    /// <param name="count">Its length, a multiple of <see cref="Piece"/> and at least <see cref="Least"/>.</param>
    /// <returns>The inverted sum.</returns>
    // There is no code of it that is compiled ahead of time: it would run without optimization at first.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Fold(uint crc, byte* data, int count)
    {
        var by64 = Vector128.Create(0x0154442bd4UL, 0x01c6e41596UL);
        var by16 = Vector128.Create(0x01751997d0UL, 0x00ccaa009eUL);
        var (one, two, three, four) = (Load(data), Load(data + 16), Load(data + 32), Load(data + 48));
        one ^= Vector128.CreateScalar((ulong)crc);
        for (data += 64, count -= 64; count >= 64; data += 64, count -= 64)
        {
            one = Moved(one, by64) ^ Load(data);
            two = Moved(two, by64) ^ Load(data + 16);
            three = Moved(three, by64) ^ Load(data + 32);
            four = Moved(four, by64) ^ Load(data + 48);
        }
        one = Moved(one, by16) ^ two;
        one = Moved(one, by16) ^ three;
        one = Moved(one, by16) ^ four;
        for (; count >= Piece; data += Piece, count -= Piece)
            one = Moved(one, by16) ^ Load(data);
        return Reduced(one, by16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<ulong> Load(byte* data) => Vector128.Load((ulong*)data);

    // Over as many bytes as the constants are for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<ulong> Moved(Vector128<ulong> remainder, Vector128<ulong> constants) =>
        Pclmulqdq.CarrylessMultiply(remainder, constants, 0x00) ^ Pclmulqdq.CarrylessMultiply(remainder, constants, 0x11);

    // From 128 bits to 64, to 32 more than the sum has, and to the sum (Barrett).
    static uint Reduced(Vector128<ulong> remainder, Vector128<ulong> by16)
    {
        var low = Vector128.Create(0xFFFFFFFFUL, 0xFFFFFFFFUL);
        var by8 = Vector128.Create(0x0163cd6124UL, 0UL);
        var barrett = Vector128.Create(0x01db710641UL, 0x01f7011641UL);
        remainder = Pclmulqdq.CarrylessMultiply(remainder, by16, 0x10) ^ Sse2.ShiftRightLogical128BitLane(remainder, 8);
        remainder = Pclmulqdq.CarrylessMultiply(remainder & low, by8, 0x00) ^ Sse2.ShiftRightLogical128BitLane(remainder, 4);
        var quotient = Pclmulqdq.CarrylessMultiply(remainder & low, barrett, 0x10) & low;
        return (Pclmulqdq.CarrylessMultiply(quotient, barrett, 0x00) ^ remainder).AsUInt32().GetElement(1);
    }
}
#endif
