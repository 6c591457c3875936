module Scenarios.TailCalls

#if DEBUG
let levels = 5_000
#else
let levels = 1_000_000
#endif

let rec isEven n = if n = 0 then true else isOdd (n - 1)

and isOdd n = if n = 0 then false else isEven (n - 1)

let mutualRecursion () = $"{isEven levels} {isOdd levels}"

let rec private countDown n (log: int ref) =
    if n = 0 then
        log.Value
    else
        log.Value <- log.Value + 1
        countDown (n - 1) log

let selfRecursionIsALoop () = string (countDown 1_000_000 (ref 0))

let rec private sumThen n (k: int64 -> int64) = if n = 0 then k 0L else sumThen (n - 1) (fun sum -> k (sum + int64 n))

let continuations () = string (sumThen levels id)

let rec private pingList list state =
    match list with
    | [] -> state
    | head :: rest -> pongList rest (state + head)

and private pongList list state =
    match list with
    | [] -> state
    | head :: rest -> pingList rest (state - head)

let listRecursion () = string (pingList [ 1..levels ] 0)

type Machine = { Step: Machine -> int -> string }

let private throughAField n =
    let go = { Step = fun self left -> if left = 0 then "end" else self.Step self (left - 1) }
    go.Step go n

let closures () = throughAField levels

[<AbstractClass>]
type Visitor() =
    abstract Visit: int -> string
    abstract Leave: int -> string
    default this.Visit n = if n = 0 then "visited" else this.Leave(n - 1)
    default this.Leave n = if n = 0 then "left" else this.Visit(n - 1)

type private Plain() =
    inherit Visitor()

let virtualCalls () = Plain().Visit levels

let private apply (f: int -> string) x = f x

let rec private withManyParameters a b c d e f g h n =
    if n = 0 then
        $"{a}{b}{c}{d}{e}{f}{g}{h}"
    else
        withManyParametersSwapped h g f e d c b a (n - 1)

and private withManyParametersSwapped a b c d e f g h n = withManyParameters b a d c f e h g n

let manyParameters () = withManyParameters 1 2 3 4 5 6 7 8 levels

let private fail n = if n > 0 then failwithf "failed at %d" n else "fine"

let private failByTailCall n = apply fail n

let exceptionsThroughTailCalls () =
    let attempt n =
        try
            failByTailCall n
        with e ->
            e.Message

    attempt 0 + ", " + attempt 3

let rec private even (n: int) : unit = if n > 0 then odd (n - 1)

and private odd n = if n > 0 then even (n - 1)

let unitResults () =
    even levels
    "done"

let rec private genericEven value n = if n = 0 then [ value ] else genericOdd value (n - 1)

and private genericOdd value n = if n = 0 then [] else genericEven value (n - 1)

let genericMethods () =
    $"%A{genericEven 'x' levels} %A{genericEven 1.5 levels} %A{genericOdd () levels}"

[<Struct>]
type Big = { A: int64; B: int64; C: int64; D: int64 }

let rec private bigEven n big = if n = 0 then big else bigOdd (n - 1) { big with A = big.A + 1L }

and private bigOdd n big = if n = 0 then big else bigEven (n - 1) { big with B = big.B - 1L }

let structResults () =
    let big = bigEven levels { A = 0; B = 0; C = 0; D = 0 }
    $"{big.A} {big.B}"
