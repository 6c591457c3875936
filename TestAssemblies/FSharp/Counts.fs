/// Programs whose calls can be counted by reading them.
module Scenarios.Counts

open System.Threading.Tasks
open type Scenarios.Time

let rec ping n =
    Spend 1
    if n > 0 then pong (n - 1)

and pong n =
    Spend 10
    if n > 0 then ping (n - 1)

let mutualTailRecursion () = ping 4

let private leaf n = Spend n

let closures () =
    let inner n =
        leaf n
        fun m -> leaf (n + m)

    let f = inner 5
    f 1
    f 2
    List.iter (fun n -> leaf (n * 100)) [ 1; 2 ]

let partialApplication () =
    let add a b =
        leaf (a + b)
        a + b

    let addOne = add 1
    addOne 2 |> ignore
    addOne 3 |> ignore
    List.map addOne [ 4; 5 ] |> ignore

let private numbers count =
    seq {
        for n in 1..count do
            Spend 10
            yield n

        Spend 1
    }

let sequences () =
    for _ in numbers 3 do
        Spend 1000

    for _ in numbers 2 do
        Spend 1000

let private inner (gate: Task) =
    task {
        Spend 10
        do! gate
        Spend 20
    }

let private outer gate =
    task {
        Spend 1
        do! inner gate
        Spend 2
    }

let tasks () =
    let gate = TaskCompletionSource()
    let work = outer gate.Task
    Spend 1000
    gate.SetResult()
    work.Wait()
    (outer Task.CompletedTask).Wait()

let private later n =
    async {
        Spend n
        return n
    }

let asyncs () =
    async {
        let! a = later 3
        let! b = later 4
        Spend (a + b)
    }
    |> Async.RunSynchronously

type Greeter(name: string) =
    let mutable count = 0

    member _.Greet(other: string) =
        Spend 1
        count <- count + 1
        name + other

    member _.Count
        with get () =
            Spend 2
            count
        and set value = count <- value

    interface System.IDisposable with
        member _.Dispose() = Spend 4

type Temperature =
    | Celsius of float
    | Kelvin of float

    member this.InKelvin =
        Spend 1

        match this with
        | Celsius degrees -> degrees + 273.0
        | Kelvin degrees -> degrees

    static member (+)(a: Temperature, b: float) = Kelvin(a.InKelvin + b)

let (|Warm|Cold|) (temperature: Temperature) =
    Spend 2
    if temperature.InKelvin > 290.0 then Warm else Cold

let members () =
    use greeter = new Greeter "a"
    greeter.Greet "b" |> ignore
    greeter.Count <- greeter.Count + 1

    match Celsius 20.0 + 1.0 with
    | Warm -> Spend 5
    | Cold -> Spend 6

    let shape =
        { new System.IComparable with
            member _.CompareTo _ =
                Spend 7
                0 }

    shape.CompareTo null |> ignore
