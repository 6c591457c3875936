module Scenarios.Functions

let add a b = a + b

let partialApplication () = [ 1; 2; 3 ] |> List.map (add 10) |> sprintf "%A"

let addThree a =
    let withA b =
        let withB c = a + b + c
        withB

    withA

let currying () =
    let add1 = addThree 1
    let add12 = add1 2
    string (add12 3 + addThree 4 5 6)

let closures () =
    let counter start =
        let mutable count = start
        let cell = ref 0

        fun step ->
            cell.Value <- cell.Value + step
            count + cell.Value

    let a = counter 100
    let b = counter 200
    a 1 |> ignore
    b 2 |> ignore
    $"{a 10} {b 20}"

let composition () =
    let twice f = f >> f
    let shout = (fun (text: string) -> text.ToUpperInvariant()) >> (fun text -> text + "!")
    twice shout "hey"

let pipelines () =
    [ 1..10 ]
    |> List.filter (fun n -> n % 2 = 0)
    |> List.map (fun n ->
        let square = n * n
        square + 1)
    |> List.fold (fun sum n -> sum + n) 0
    |> string

let innerRecursion () =
    let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)
    let rec even n = n = 0 || odd (n - 1)
    and odd n = n <> 0 && even (n - 1)
    $"{fib 15} {even 10} {odd 10}"

let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd

let (|DivisibleBy|_|) divisor n = if n % divisor = 0 then Some(n / divisor) else None

[<return: Struct>]
let (|Digits|_|) (text: string) =
    if text.Length > 0 && Seq.forall System.Char.IsDigit text then
        ValueSome(int text)
    else
        ValueNone

let (|Pair|) text =
    match text with
    | Digits n -> (n, text)
    | _ -> (-1, text)

let activePatterns () =
    let describe n =
        match n with
        | DivisibleBy 7 sevenths -> $"7*{sevenths}"
        | Even -> "even"
        | Odd -> "odd"

    let parse (Pair(n, text)) = $"{text}={n}"
    String.concat " " (List.map describe [ 4; 5; 21 ] @ List.map parse [ "12"; "x" ])

let (<+>) a b = $"({a}+{b})"

let (!!) a = $"!{a}"

let (|>>) list f = List.map f list

let operators () = !!("a" <+> "b") <+> ([ 1; 2 ] |>> string |> String.concat ",")

let ``name with spaces`` x = x * 2

let ``spaced names`` () = string (``name with spaces`` 21)

let tuples () =
    let swap (a, b) = (b, a)
    let struct (x, y) = struct (1, "one")
    let sum (a, b, c) = a + b + c
    $"%A{swap (1, 2)} {x}{y} {sum (1, 2, 3)}"

let private memoize f =
    let cache = System.Collections.Generic.Dictionary<_, _>()

    fun x ->
        match cache.TryGetValue x with
        | true, value -> value
        | _ ->
            let value = f x
            cache.Add(x, value)
            value

let memoization () =
    let counted = ref 0

    let square =
        memoize (fun x ->
            counted.Value <- counted.Value + 1
            x * x)

    let values = [ square 3; square 4; square 3 ]
    $"%A{values} {counted.Value}"

let laziness () =
    let evaluated = ref 0

    let value =
        lazy
            (evaluated.Value <- evaluated.Value + 1
             42)

    $"{evaluated.Value} {value.Value} {value.Force()} {evaluated.Value}"

let delegates () =
    let f = System.Func<int, int, int>(fun a b -> a * b)
    let g = System.Converter<int, string>(fun n -> $"<{n}>")
    let array = System.Array.ConvertAll([| 1; 2 |], g)
    $"{f.Invoke(6, 7)} %A{array}"

let private swap (a: byref<int>) (b: byref<int>) =
    let t = a
    a <- b
    b <- t

let byrefs () =
    let mutable x = 1
    let mutable y = 2
    swap &x &y
    let array = [| 1; 2; 3 |]
    let element = &array[1]
    element <- 20
    let ok, value = System.Int32.TryParse "17"
    $"{x} {y} %A{array} {ok} {value}"

let private sum (span: System.ReadOnlySpan<int>) =
    let mutable total = 0

    for n in span do
        total <- total + n

    total

let spans () = string (sum (System.ReadOnlySpan [| 1; 2; 3 |]))

let loops () =
    let text = System.Text.StringBuilder()

    for i in 3..-1..1 do
        text.Append i |> ignore

    for i = 1 to 3 do
        text.Append(i * i) |> ignore

    let mutable n = 0

    while n < 3 do
        n <- n + 1
        text.Append '.' |> ignore

    string text

let stringFormatting () =
    sprintf "%d %s %A %5.2f %b" 1 "two" [ Some 3 ] 4.0 true
