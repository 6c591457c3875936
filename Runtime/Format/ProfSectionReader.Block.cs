namespace ProfilerWeaver;

sealed partial class ProfSectionReader
{
    /// <summary>The columns of a block of contexts, of which some numbers are decoded at a time: a block may be as long as the
    /// file.</summary>
    sealed class ProfBlock
    {
        const int Decoded = 1024;

        // Both 0 for a column that the block does not have.
        readonly int[] positions = new int[ProfColumn.Count];
        readonly int[] ends = new int[ProfColumn.Count];
        readonly long[][] numbers = new long[ProfColumn.Count][];

        public ProfBlock()
        {
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = new long[Decoded];
        }

        /// <summary>How many contexts have not been decoded.</summary>
        public int Contexts { get; set; }

        /// <summary>Whether a context is one of an async method.</summary>
        public bool HasAsync { get; private set; }

        /// <summary>The numbers of a column that were decoded last.</summary>
        public long[] this[int column] => numbers[column];

        public void Clear()
        {
            HasAsync = false;
            for (var i = 0; i < ends.Length; i++)
            {
                if (ends[i] != 0)
                    Array.Clear(numbers[i], 0, Decoded);
                positions[i] = ends[i] = 0;
            }
        }

        public void Set(int column, int position, int end)
        {
            (positions[column], ends[column]) = (position, end);
            HasAsync |= column is >= ProfColumn.Key and <= ProfColumn.ResumesElsewhere;
        }

        /// <summary>Decodes the numbers of the next contexts.</summary>
        /// <returns>How many contexts; 0 at the end of the block.</returns>
        public int Fill(ProfSectionReader reader)
        {
            var count = Math.Min(Contexts, Decoded);
            Contexts -= count;
            for (var i = 0; i < ends.Length; i++)
            {
                if (ends[i] == 0)
                    continue;
                Decode(reader, numbers[i], count, ref positions[i], ends[i]);
                if (ProfColumn.IsSigned(i))
                    Unzigzag(numbers[i], count);
            }
            return count;
        }

        /// <summary>Refuses columns that have numbers left.</summary>
        public void CheckEnd(ProfSectionReader reader)
        {
            for (var i = 0; i < ends.Length; i++)
            {
                if (positions[i] != ends[i])
                    throw reader.Invalid($"the column '{ProfColumn.Names[i]}' has more numbers than there are contexts");
            }
        }

        static void Decode(ProfSectionReader reader, long[] numbers, int count, ref int start, int end)
        {
            var data = reader.data;
            var position = start;
            for (var i = 0; i < count; i++)
            {
                if (position < end && data[position] < 0x80)
                    numbers[i] = data[position++];
                else
                    numbers[i] = (long)ReadVarint(reader, ref position, end);
            }
            start = position;
        }

        static void Unzigzag(long[] numbers, int count)
        {
            for (var i = 0; i < count; i++)
                numbers[i] = (long)((ulong)numbers[i] >> 1) ^ -(numbers[i] & 1);
        }

        static ulong ReadVarint(ProfSectionReader reader, ref int position, int end)
        {
            var value = 0UL;
            for (var shift = 0; shift < 64 && position < end; shift += 7)
            {
                var part = reader.data[position++];
                value |= (ulong)(part & 0x7F) << shift;
                if (part < 0x80)
                    return value;
            }
            throw reader.Invalid("a number has no end");
        }
    }
}
