module Program

[<System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)>]
let greet (number: int) = System.Console.WriteLine("Hello " + string number)

[<EntryPoint>]
let main _ =
    for number in 1..4 do
        greet number
#if PROFILED && RELEASE && TRACE
    System.Console.WriteLine "PROFILED"
#endif
    0
