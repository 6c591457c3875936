module Scenarios.Exceptions

open System

exception Bad of code: int * reason: string

exception Empty

let private throw n =
    match n with
    | 0 -> "fine"
    | 1 -> raise (Bad(7, "seven"))
    | 2 -> raise Empty
    | 3 -> invalidArg "n" "three"
    | 4 -> failwith "four"
    | _ -> raise (InvalidOperationException(string n))

let private catch n =
    try
        throw n
    with
    | Bad(code, reason) when code > 5 -> $"bad {reason}"
    | Bad _ -> "small"
    | Empty -> "empty"
    | Failure message -> message
    | :? ArgumentException as e -> e.ParamName
    | e -> e.GetType().Name

let patterns () = String.concat " " (List.map catch [ 0..5 ])

let rethrowing () =
    let trace =
        try
            try
                throw 4
            with _ ->
                reraise ()
        with e ->
            e.StackTrace

    let lines = trace.Split '\n'
    string (lines |> Array.exists (fun line -> line.Contains "throw"))

let finallyBlocks () =
    let log = ResizeArray<string>()

    let run n =
        try
            try
                log.Add(throw n)
            finally
                log.Add "finally"
        with e ->
            log.Add e.Message

    run 0
    run 4
    String.concat "," log

let nested () =
    let rec unwind n = if n = 0 then failwith "deep" else 1 + unwind (n - 1)

    try
        string (unwind 50)
    with e ->
        try
            raise (Exception("outer", e))
        with outer ->
            outer.Message + " " + outer.InnerException.Message

let exceptionEquality () = $"""{Bad(1, "a") = Bad(1, "a")} {Empty = Empty} {(Bad(2, "b")).Message <> null}"""

let tryInExpressions () =
    let value =
        1
        + (try
            int "x"
           with _ ->
               40)
        + (try
            1
           finally
            ())

    string value
