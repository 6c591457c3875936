namespace ProfilerWeaver.Weaving;

/// <summary>What a file holds, as its headers say (PE/COFF, and the CLI header of ECMA-335 II.25.3.3).</summary>
enum ImageKind
{
    /// <summary>No executable image at all.</summary>
    None,

    /// <summary>Machine code without .NET metadata.</summary>
    Native,

    /// <summary>Intermediate language only.</summary>
    Managed,

    /// <summary>Intermediate language, and machine code made of it ahead of time, which can be dropped.</summary>
    ReadyToRun,

    /// <summary>Intermediate language and machine code that depend on each other: C++/CLI.</summary>
    Mixed,
}

/// <summary>Reads the headers of an image.</summary>
static class ImageHeaders
{
    const int CliHeaderDirectory = 14;
    const int ManagedNativeHeaderOffset = 64;
    const uint ReadyToRunSignature = 0x00525452; // "RTR"

    /// <summary>What <paramref name="image"/> is.</summary>
    /// <exception cref="IndexOutOfRangeException">The image ends in the midst of its headers.</exception>
    /// <exception cref="ArgumentException">The image ends in the midst of its headers.</exception>
    /// <exception cref="EndOfStreamException">The image ends in the midst of a section.</exception>
    public static ImageKind KindOf(byte[] image)
    {
        if (image.Length < 64 || image[0] != 'M' || image[1] != 'Z')
            return ImageKind.None;
        var coff = (int)UInt32(image, 0x3c) + 4;
        if (UInt32(image, coff - 4) != 0x4550) // "PE"
            return ImageKind.None;
        var optional = coff + 20;
        var is64Bit = UInt16(image, optional) == 0x20b;
        var directories = optional + (is64Bit ? 112 : 96);
        var cliHeader = UInt32(image, directories + CliHeaderDirectory * 8);
        if (UInt32(image, directories - 4) <= CliHeaderDirectory || cliHeader == 0)
            return ImageKind.Native;

        var sections = optional + UInt16(image, coff + 16);
        var sectionCount = UInt16(image, coff + 2);
        for (var section = sections; section < sections + sectionCount * 40; section += 40)
        {
            var end = UInt32(image, section + 20) + (long)UInt32(image, section + 16);
            if (end > image.Length)
                throw new EndOfStreamException($"A section should end at {end}, but the file ends at {image.Length}.");
        }
        var header = Offset(cliHeader);
        if ((UInt32(image, header + 16) & (uint)Mono.Cecil.ModuleAttributes.ILOnly) != 0)
            return ImageKind.Managed;
        var native = UInt32(image, header + ManagedNativeHeaderOffset);
        return native != 0 && UInt32(image, Offset(native)) == ReadyToRunSignature
            ? ImageKind.ReadyToRun
            : ImageKind.Mixed;

        int Offset(uint address)
        {
            for (var section = sections; section < sections + sectionCount * 40; section += 40)
            {
                var start = UInt32(image, section + 12);
                if (address >= start && address < start + UInt32(image, section + 16))
                    return (int)(address - start + UInt32(image, section + 20));
            }
            return int.MaxValue;
        }
    }

    static ushort UInt16(byte[] image, int offset) => BitConverter.ToUInt16(image, offset);

    static uint UInt32(byte[] image, int offset) => BitConverter.ToUInt32(image, offset);
}
