namespace ProfilerWeaver;

/// <summary>The numbers of the fields of OpenTelemetry's <c>profiles.proto</c> and what it imports, as far as they are written. They are
/// those of opentelemetry-proto 1.10; before the format is declared stable they may change.</summary>
static class OtlpField
{
    public static class Request
    {
        public const int ResourceProfiles = 1, Dictionary = 2;
    }

    public static class Response
    {
        public const int PartialSuccess = 1;
    }

    public static class PartialSuccess
    {
        public const int Rejected = 1, Message = 2;
    }

    public static class Dictionary
    {
        public const int Mapping = 1, Location = 2, Function = 3, Link = 4, Strings = 5, Attribute = 6, Stack = 7;
    }

    public static class ResourceProfiles
    {
        public const int Resource = 1, ScopeProfiles = 2;
    }

    public static class Resource
    {
        public const int Attribute = 1;
    }

    public static class KeyValue
    {
        public const int Key = 1, Value = 2;
    }

    public static class AnyValue
    {
        public const int Text = 1;
    }

    public static class ScopeProfiles
    {
        public const int Scope = 1, Profile = 2;
    }

    public static class Scope
    {
        public const int Name = 1;
    }

    public static class Profile
    {
        public const int SampleType = 1, Sample = 2, Time = 3, Duration = 4, Id = 7;
    }

    public static class ValueType
    {
        public const int Type = 1, Unit = 2;
    }

    public static class Sample
    {
        public const int Stack = 1, Attributes = 2, Values = 4;
    }

    public static class Mapping
    {
        public const int File = 4;
    }

    public static class Location
    {
        public const int Mapping = 1, Line = 3;
    }

    public static class Line
    {
        public const int Function = 1, Number = 2;
    }

    public static class Function
    {
        public const int Name = 1, File = 3, StartLine = 4;
    }

    public static class Stack
    {
        public const int Locations = 1;
    }

    public static class Attribute
    {
        public const int Key = 1, Value = 2;
    }
}
