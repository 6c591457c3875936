module Scenarios.Classes

open System

type Account(owner: string, opening: int) =
    let mutable balance = opening
    let changed = Event<int>()
    static let mutable opened = 0

    do opened <- opened + 1

    new(owner) = Account(owner, 10)

    member _.Owner = owner
    member _.Balance
        with get () = balance
        and set value =
            balance <- value
            changed.Trigger value

    [<CLIEvent>]
    member _.Changed = changed.Publish

    member val Note = "none" with get, set

    member _.Item
        with get (index: int) = balance + index
        and set (index: int) value = balance <- value + index

    member this.Deposit(amount, ?fee) =
        this.Balance <- this.Balance + amount - defaultArg fee 0
        this

    abstract Kind: unit -> string
    default _.Kind() = "plain"

    static member Opened = opened

type Savings(owner) =
    inherit Account(owner, 100)
    override this.Kind() = "savings of " + base.Kind() + " " + this.Owner

let classes () =
    let log = ResizeArray<string>()
    let account = Account "Ann"
    account.Changed.Add(fun value -> log.Add $"changed {value}")
    account.Deposit(5).Deposit(5, fee = 1) |> ignore
    account[1] <- 50
    account.Note <- "n"
    let savings = Savings "Bob"
    $"{account.Balance} {account[2]} {account.Note} {savings.Kind()} {String.Join(';', log)} {Account.Opened > 0}"

type ILogger =
    abstract Log: string -> unit
    abstract Count: int

let objectExpressions () =
    let text = Text.StringBuilder()
    let counter = ref 0

    let logger =
        { new ILogger with
            member _.Log message =
                counter.Value <- counter.Value + 1
                text.Append message |> ignore

            member _.Count = counter.Value }

    let comparer =
        { new Collections.Generic.Comparer<int>() with
            member _.Compare(a, b) = compare (b % 10) (a % 10) }

    logger.Log "a"
    logger.Log "b"
    let sorted = Array.sortWith (fun a b -> comparer.Compare(a, b)) [| 11; 29; 5 |]
    $"{text} {logger.Count} %A{sorted}"

type Resource(name, log: ResizeArray<string>) =
    do log.Add $"open {name}"

    interface IDisposable with
        member _.Dispose() = log.Add $"close {name}"

let useBindings () =
    let log = ResizeArray<string>()

    let work () =
        use _a = new Resource("a", log)
        use _b = new Resource("b", log)
        log.Add "work"
        log.Count

    let result = work ()
    using (new Resource("c", log)) (fun _ -> log.Add "using")
    $"""{result} {String.concat "," log}"""

type String with
    member this.Doubled = this + this

let extensionMembers () = "ab".Doubled

type SelfReferring(start: int) as this =
    let twice = lazy (this.Start * 2)
    member _.Start = start
    member _.Twice = twice.Value

let selfReferences () = string (SelfReferring 21).Twice

type Explicit =
    val X: int
    val mutable Y: int
    new(x) as this = { X = x; Y = 0 } then this.Y <- x + 1
    new(x, y) = { X = x; Y = y }

let explicitConstructors () =
    let a = Explicit 1
    let b = Explicit(3, 4)
    $"{a.X}{a.Y}{b.X}{b.Y}"

[<Struct>]
type Counter =
    val mutable Count: int
    member this.Increment() = this.Count <- this.Count + 1

let structMembers () =
    let mutable counter = Counter()
    counter.Increment()
    counter.Increment()
    string counter.Count

[<AbstractClass>]
type Template() =
    abstract Step: int -> int
    member this.Run n = List.map this.Step [ 1..n ] |> List.sum

let abstractClasses () =
    let doubled =
        { new Template() with
            member _.Step n = n * 2 }

    string (doubled.Run 4)

type Overloads =
    static member Add(a: int, b: int) = a + b
    static member Add(a: string, b: string) = a + b
    static member Add([<ParamArray>] all: float[]) = Array.sum all

let overloads () = $"""{Overloads.Add(1, 2)} {Overloads.Add("a", "b")} {Overloads.Add(1.0, 2.0, 3.5)}"""

type Finalized() =
    static member val Released = 0 with get, set
    override _.Finalize() = Finalized.Released <- Finalized.Released + 1

let staticMembers () =
    Finalized.Released <- 5
    string Finalized.Released
