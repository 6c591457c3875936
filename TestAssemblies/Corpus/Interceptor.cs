using System.Runtime.CompilerServices;

namespace Scenarios.Corpus
{
    static class Interceptor
    {
        // The place of the call Plain(2), as SemanticModel.GetInterceptableLocation encodes it: a hash of the text of
        // Intercepted.cs and a position. Whoever changes that file has to ask the compiler for it again.
        [InterceptsLocation(1, "qH4kh3ONXCigCwols/s6abYAAABJbnRlcmNlcHRlZC5jcw==")]
        public static string Intercept(int number) => $"intercepted {number}";
    }
}

namespace System.Runtime.CompilerServices
{
    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    sealed class InterceptsLocationAttribute(int version, string data) : Attribute;
}
