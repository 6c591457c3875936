module Scenarios.Builders

type MaybeBuilder() =
    member _.Bind(value, next) = Option.bind next value
    member _.Return value = Some value
    member _.ReturnFrom(value: 'a option) = value
    member _.Zero() = None
    member _.Delay f = f
    member _.Run f = f ()
    member _.Combine(first, next) = if Option.isSome first then first else next ()
    member _.TryWith(body, handler) =
        try
            body ()
        with e ->
            handler e

let maybe = MaybeBuilder()

let private divide a b = if b = 0 then None else Some(a / b)

let optional () =
    let compute a b c =
        maybe {
            let! first = divide a b
            let! second = divide first c
            if second > 100 then return! None
            return second + 1
        }

    sprintf "%A %A %A" (compute 100 5 2) (compute 1 0 1) (compute 1 1 0)

type State<'S, 'T> = State of ('S -> 'T * 'S)

type StateBuilder() =
    member _.Return value = State(fun s -> (value, s))

    member _.Bind(State run, next) =
        State(fun s ->
            let value, s = run s
            let (State run) = next value
            run s)

    member this.For(items: seq<_>, body) =
        Seq.fold (fun state item -> this.Bind(state, (fun () -> body item))) (this.Return()) items

    member this.Zero() = this.Return()
    member this.Combine(first, next) = this.Bind(first, (fun () -> next))
    member _.Delay f = f ()

let state = StateBuilder()
let private next = State(fun n -> (n, n + 1))
let private skip by = State(fun n -> ((), n + by))

let stateful () =
    let labels =
        state {
            let! a = next

            for by in [ 10; 20 ] do
                do! skip by

            let! b = next
            return $"{a} {b}"
        }

    let (State run) = labels
    sprintf "%A" (run 1)

type TextBuilder() =
    member inline _.Yield(text: string) = fun (b: System.Text.StringBuilder) -> b.Append text |> ignore
    member inline _.Yield(n: int) = fun (b: System.Text.StringBuilder) -> b.Append n |> ignore

    member inline _.Combine([<InlineIfLambda>] first, [<InlineIfLambda>] second) =
        fun (b: System.Text.StringBuilder) ->
            first b
            second b

    member inline _.Delay([<InlineIfLambda>] f) = fun (b: System.Text.StringBuilder) -> (f ()) b

    member inline _.For(items: seq<_>, [<InlineIfLambda>] body) =
        fun (b: System.Text.StringBuilder) ->
            for item in items do
                (body item) b

    member inline _.Zero() = fun (_: System.Text.StringBuilder) -> ()

    member inline _.Run([<InlineIfLambda>] f) =
        let b = System.Text.StringBuilder()
        f b
        string b

let text = TextBuilder()

let inlined () =
    text {
        "a"
        1

        for i in 2..4 do
            i
            ";"
    }

type PipelineBuilder() =
    member _.Yield(()) = []
    member _.For(items: 'a list, body: 'a -> 'b list) = List.collect body items

    [<CustomOperation("push")>]
    member _.Push(items, item) = item :: items

    [<CustomOperation("keep", MaintainsVariableSpace = true)>]
    member _.Keep(items, [<ProjectionParameter>] predicate) = List.filter predicate items

let pipeline = PipelineBuilder()

let customOperations () =
    pipeline {
        push 1
        push 2
        push 3
    }
    |> sprintf "%A"
