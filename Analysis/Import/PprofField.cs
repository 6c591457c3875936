namespace ProfilerWeaver;

/// <summary>The numbers of the fields of pprof's <c>profile.proto</c>, as far as they are read or written.</summary>
static class PprofField
{
    public static class Profile
    {
        public const int SampleType = 1, Sample = 2, Mapping = 3, Location = 4, Function = 5, Strings = 6, Time = 9, Duration = 10,
            Period = 12, DefaultSampleType = 14;
    }

    public static class ValueType
    {
        public const int Type = 1, Unit = 2;
    }

    public static class Sample
    {
        public const int Locations = 1, Values = 2, Label = 3;
    }

    public static class Label
    {
        public const int Key = 1, Text = 2;
    }

    public static class Mapping
    {
        public const int Id = 1, File = 5, HasFunctions = 7, HasFiles = 8, HasLines = 9;
    }

    public static class Location
    {
        public const int Id = 1, Mapping = 2, Line = 4;
    }

    public static class Line
    {
        public const int Function = 1, Number = 2;
    }

    public static class Function
    {
        public const int Id = 1, Name = 2, SystemName = 3, File = 4, StartLine = 5;
    }
}
