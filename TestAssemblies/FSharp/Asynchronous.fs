module Scenarios.Asynchronous

open System
open System.Threading.Tasks

let private slowly value =
    async {
        do! Async.Sleep 1
        return value
    }

let asyncs () =
    async {
        let! a = slowly 1
        let! b = slowly 2
        let! all = Async.Parallel [ slowly 3; slowly 4 ]
        return $"{a + b} %A{all}"
    }
    |> Async.RunSynchronously

let asyncExceptions () =
    async {
        try
            let! value = slowly 0

            if value = 0 then
                failwith "zero"

            return "unreached"
        with e ->
            do! Async.Sleep 1
            return e.Message
    }
    |> Async.RunSynchronously

let asyncLoops () =
    async {
        let mutable sum = 0

        for n in 1..100 do
            if n % 25 = 0 then
                do! Async.Sleep 1

            let! value = async.Return n
            sum <- sum + value

        use _d =
            { new IDisposable with
                member _.Dispose() = () }

        return string sum
    }
    |> Async.RunSynchronously

let rec private deep n =
    async { if n = 0 then return 0 else return! deep (n - 1) }

let asyncTailCalls () = string (Async.RunSynchronously(deep 100_000))

let twice (work: int -> Task<int>) n =
    task {
        let! first = work n
        let! second = work first
        return second
    }

let addLater n =
    task {
        do! Task.Delay 1
        return n + 1
    }

let tasks () = string (twice addLater 5).Result

let taskExceptions () =
    let fails () : Task<int> =
        task {
            do! Task.Yield()
            return failwith "task failed"
        }

    let guarded =
        task {
            try
                let! value = fails ()
                return string value
            with e ->
                return e.Message
        }

    guarded.Result

let taskLoops () =
    let work =
        task {
            let mutable sum = 0

            for n in 1..20 do
                if n % 5 = 0 then
                    do! Task.Yield()

                let! value = Task.FromResult n
                sum <- sum + value

            while sum > 100 do
                do! Task.Delay 1
                sum <- sum - 40

            return sum
        }

    string work.Result

let disposingTasks () =
    let log = ResizeArray<string>()

    let work =
        task {
            use _d =
                { new IDisposable with
                    member _.Dispose() = log.Add "disposed" }

            use! _e =
                Task.FromResult(
                    { new IDisposable with
                        member _.Dispose() = log.Add "disposed later" }
                )

            try
                do! Task.Yield()
                log.Add "body"
            finally
                log.Add "finally"
        }

    work.Wait()
    String.concat "," log

let genericTask (value: 'T) =
    task {
        do! Task.Yield()
        return [ value ]
    }

let genericTasks () = sprintf "%A %A" (genericTask 1).Result (genericTask "x").Result

type Service(name: string) =
    let started = Task.FromResult 1

    member _.Greet(other: string) =
        task {
            let! n = started
            return $"{name} greets {other} {n}"
        }

    member this.GreetAll(others: string list) =
        backgroundTask {
            let results = ResizeArray<string>()

            for other in others do
                let! greeting = this.Greet other
                results.Add greeting

            return String.concat ";" results
        }

let members () = (Service "Ann").GreetAll([ "Bob"; "Cat" ]).Result

let lambdas () =
    [ 1; 2; 3 ]
    |> List.map (fun n ->
        task {
            do! Task.Delay 1
            return n * n
        })
    |> Task.WhenAll
    |> fun all -> sprintf "%A" all.Result

let mixed () =
    async {
        let! a = addLater 1 |> Async.AwaitTask
        let! b = Async.StartChild(slowly 10)
        let! b = b
        return string (a + b)
    }
    |> Async.StartAsTask
    |> fun work -> work.Result

type Message =
    | Add of int
    | Ask of AsyncReplyChannel<int>
    | Stop

let mailbox () =
    let agent =
        MailboxProcessor.Start(fun inbox ->
            let rec loop total =
                async {
                    match! inbox.Receive() with
                    | Add n -> return! loop (total + n)
                    | Ask channel ->
                        channel.Reply total
                        return! loop total
                    | Stop -> return ()
                }

            loop 0)

    for n in 1..1000 do
        agent.Post(Add n)

    let total = agent.PostAndReply Ask
    agent.Post Stop
    string total

let cancellation () =
    use source = new Threading.CancellationTokenSource()

    let work =
        async {
            use! _registration = Async.OnCancel(fun () -> ())
            source.Cancel()
            do! Async.Sleep 10_000
            return "finished"
        }

    try
        Async.RunSynchronously(work, cancellationToken = source.Token)
    with :? OperationCanceledException ->
        "cancelled"

let continuations () =
    Async.FromContinuations(fun (ok, _, _) -> ok 42)
    |> Async.RunSynchronously
    |> string
