module Scenarios.Sequences

let numbers limit =
    seq {
        let mutable n = 0

        while n < limit do
            yield n
            n <- n + 1

        yield! [ 100; 200 ]
    }

let sequences () = numbers 3 |> Seq.map string |> String.concat ","

let rec walk depth =
    seq {
        if depth > 0 then
            yield! walk (depth - 1)
            yield depth
            yield! walk (depth - 1)
    }

let recursiveSequences () = walk 4 |> Seq.map string |> String.concat ""

let disposal () =
    let log = ResizeArray<string>()

    let items =
        seq {
            try
                yield 1
                log.Add "after 1"
                yield 2
                log.Add "after 2"
            finally
                log.Add "finally"
        }

    let first = Seq.head items
    let all = Seq.length items
    $"""{first} {all} {String.concat "," log}"""

let usingInSequences () =
    let log = ResizeArray<string>()

    let items =
        seq {
            use _x =
                { new System.IDisposable with
                    member _.Dispose() = log.Add "disposed" }

            for c in "abc" do
                yield System.Char.ToUpperInvariant c
        }

    $"""{Seq.truncate 2 items |> Seq.toArray |> System.String} {String.concat "," log}"""

let exceptionsInSequences () =
    let items =
        seq {
            yield 1
            failwith "stop"
            yield 2
        }

    try
        string (Seq.sum items)
    with e ->
        e.Message

let unfolding () =
    Seq.unfold (fun (a, b) -> if a > 100 then None else Some(a, (b, a + b))) (1, 1)
    |> Seq.map string
    |> String.concat " "

let listComprehensions () =
    [ for a in 1..4 do
          for b in a..4 do
              if (a + b) % 2 = 0 then
                  yield a * b

          yield! [ -a ] ]
    |> sprintf "%A"

let arrayComprehensions () = sprintf "%A" [| for i in 0..4 -> i * i |]

let generic (value: 'T) count =
    seq {
        for i in 1..count do
            yield (i, value)
    }

let genericSequences () = sprintf "%A %A" (List.ofSeq (generic "x" 2)) (List.ofSeq (generic 1.5 1))

let nested () =
    seq {
        for row in 1..3 do
            yield
                seq {
                    for column in 1..row do
                        yield row * column
                }
                |> Seq.sum
    }
    |> Seq.map string
    |> String.concat " "

let queries () =
    query {
        for n in [ 5; 3; 8; 1 ] do
            where (n > 2)
            sortBy n
            select (n * 10)
    }
    |> Seq.map string
    |> String.concat " "

let groups () =
    [ "apple"; "avocado"; "bean" ]
    |> Seq.groupBy (fun word -> word[0])
    |> Seq.map (fun (letter, words) -> $"{letter}:{Seq.length words}")
    |> String.concat " "

let caching () =
    let evaluated = ref 0

    let items =
        Seq.cache (
            seq {
                for i in 1..3 do
                    evaluated.Value <- evaluated.Value + 1
                    yield i
            }
        )

    $"{Seq.sum items} {Seq.sum items} {evaluated.Value}"
