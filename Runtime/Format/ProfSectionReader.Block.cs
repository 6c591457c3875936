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

        bool hasAsync;

        /// <summary>The numbers of a column that were decoded last.</summary>
        public long[] this[int column] => numbers[column];

        public void Clear()
        {
            hasAsync = false;
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
            hasAsync |= column is >= ProfColumn.Key and <= ProfColumn.ResumesElsewhere;
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

        /// <summary>Gives contexts the figures that not all have.</summary>
        /// <param name="reader">The reader.</param>
        /// <param name="tree">Where the contexts that were decoded last have been entered.</param>
        /// <param name="count">How many they are.</param>
        public void AddOthers(ProfSectionReader reader, CallTreeColumns tree, int count)
        {
            var start = tree.Count - count;
            AddRare(RareFigure.RecursiveCalls, ProfColumn.RecursiveCalls);
            AddRare(RareFigure.Resumes, ProfColumn.Resumes);
            AddRare(RareFigure.TruncatedCalls, ProfColumn.TruncatedCalls);
            AddRare(RareFigure.Samples, ProfColumn.Samples);
            var (slowest, profiles) = (numbers[ProfColumn.Slowest], numbers[ProfColumn.Profiles]);
            for (var i = 0; Has(ProfColumn.Slowest) && i < count; i++)
                tree.SetSlowest(start + i, Math.Max(SlowestCall.Unknown, slowest[i]));
            for (var i = 0; Has(ProfColumn.Profiles) && i < count; i++)
                tree.SetOccurrence(start + i, new(Math.Max(0, profiles[i]), numbers[ProfColumn.FewestCalls][i], numbers[ProfColumn.MostCalls][i]));
            for (var i = 0; hasAsync && i < count; i++)
            {
                if (IsAsync(i))
                    tree.SetAsync(start + i, AsyncFiguresOf(reader, i));
            }

            void AddRare(RareFigure figure, int column)
            {
                if (Has(column))
                    tree.Set(figure, start, numbers[column], count);
            }
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

        bool Has(int column) => ends[column] != 0;

        // Few are, in a block that has some.
        bool IsAsync(int context)
        {
            var any = 0L;
            for (var column = ProfColumn.Key; column <= ProfColumn.ResumesElsewhere; column++)
                any |= numbers[column][context];
            return any != 0;
        }

        AsyncFigures AsyncFiguresOf(ProfSectionReader reader, int context) => new()
        {
            Key = Key(reader, numbers[ProfColumn.Key][context]),
            Continues = Key(reader, numbers[ProfColumn.Continues][context]),
            ElapsedTicks = numbers[ProfColumn.Elapsed][context],
            WaitingTicks = numbers[ProfColumn.Waiting][context],
            OpenCalls = numbers[ProfColumn.OpenCalls][context],
            ResumesElsewhere = numbers[ProfColumn.ResumesElsewhere][context],
        };

        static int Key(ProfSectionReader reader, long value) => (int)reader.AtMost(int.MaxValue, (ulong)value);

        static void Decode(ProfSectionReader reader, long[] numbers, int count, ref int start, int end)
        {
            var data = reader.data;
            var position = start;
            for (var i = 0; i < count; i++)
            {
                // Nearly all take a byte, or two.
                if (position < end && data[position] < 0x80)
                    numbers[i] = data[position++];
                else if (position + 1 < end && data[position + 1] is var high and < 0x80)
                {
                    numbers[i] = data[position] & 0x7F | high << 7;
                    position += 2;
                }
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
