module Functional.Program

let rec fibonacci n = if n < 2 then n else fibonacci (n - 1) + fibonacci (n - 2)

[<EntryPoint>]
let main arguments =
    printfn "%d" (fibonacci (int arguments[0]))
    0
