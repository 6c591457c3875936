/// Async programs whose trees, and whose times to the tick, are known by construction. What completes a task runs who awaits it.
module Scenarios.AsyncTrees

open System
open System.Collections.Generic
open System.Runtime.CompilerServices
open System.Threading
open System.Threading.Tasks
open System.Threading.Tasks.Sources

[<MethodImpl(MethodImplOptions.NoInlining)>]
let private add n = Time.Spend n

[<MethodImpl(MethodImplOptions.NoInlining)>]
let private completeGate (gate: TaskCompletionSource) =
    Time.Spend 200
    gate.SetResult()
    Time.Spend 300

let private inner (gate: Task) =
    task {
        Time.Spend 16
        do! gate
        Time.Spend 32
        add 64
    }

let private outer (gate: Task) =
    task {
        Time.Spend 2
        do! inner gate
        Time.Spend 4
        add 8
    }

let CompletesAtOnce () =
    Time.Spend 1
    (outer Task.CompletedTask).Wait()
    (outer Task.CompletedTask).Wait()

let Suspends () =
    let gate = TaskCompletionSource()
    Time.Spend 1
    let task = outer gate.Task
    Time.Spend 1000
    completeGate gate
    Time.Spend 100_000
    task.Wait()

let rec private link (gate: Task) left : Task<unit> =
    task {
        Time.Spend 1

        if left = 1 then
            do! gate
        else
            do! link gate (left - 1)

        Time.Spend 1
    }

let ChainOfFive () =
    let gate = TaskCompletionSource()
    let task = link gate.Task 5
    Time.Spend 100
    gate.SetResult()
    task.Wait()

let private one (gate: Task) =
    task {
        Time.Spend 1
        do! gate
        Time.Spend 2
    }

let private all (tasks: Task array) =
    task {
        do! Task.WhenAll tasks
        Time.Spend 3
    }

let TenAtOnce () =
    let gates = Array.zeroCreate<TaskCompletionSource> 10
    let tasks = Array.zeroCreate<Task> 10

    for i in 0..9 do
        gates[i] <- TaskCompletionSource()
        tasks[i] <- one gates[i].Task

    let all = all tasks

    for gate in gates do
        Time.Spend 10
        gate.SetResult()

    all.Wait()

let private passes (gate: Task) =
    task {
        try
            do! gate
        finally
            Time.Spend 10
    }

let private catches (gate: Task) =
    task {
        try
            do! passes gate
        with :? InvalidOperationException ->
            Time.Spend 1
    }

let Exceptions () =
    let gate = TaskCompletionSource()
    let task = catches gate.Task
    Time.Spend 1000
    gate.SetException(InvalidOperationException())
    task.Wait()

let private hold (value: 'T) (gate: Task) =
    task {
        Time.Spend 1
        do! gate
        add 10
        return value
    }

let Generics () =
    let gate = TaskCompletionSource()
    let other = TaskCompletionSource()
    let number = hold 1 gate.Task
    let text = hold "a" other.Task
    Time.Spend 100
    gate.SetResult()
    other.SetResult()
    Task.WaitAll(number, text)

let private cancelled (token: CancellationToken) =
    task {
        let gate = TaskCompletionSource()
        use _ = token.Register(fun () -> gate.SetCanceled token)

        try
            do! gate.Task
        with :? TaskCanceledException ->
            Time.Spend 1
    }

let Cancellation () =
    use source = new CancellationTokenSource()
    let task = cancelled source.Token
    Time.Spend 100
    source.Cancel()
    Time.Spend 1000
    task.Wait()

let rec private descend (gate: Task) depth : Task =
    task {
        Time.Spend 1

        if depth = 0 then
            do! gate
        else
            do! descend gate (depth - 1)
            do! descend gate 0

        Time.Spend 10
    }

let Recursion () =
    let gate = TaskCompletionSource()
    let task = descend gate.Task 3
    Time.Spend 100
    gate.SetResult()
    task.Wait()

let private numbers count =
    seq {
        for number in 1..count do
            Time.Spend 10
            yield number
            add number
    }

let private consume (gate: Task) =
    task {
        for number in numbers 3 do
            Time.Spend 1
            do! gate
    }

let Iterators () =
    let gate = TaskCompletionSource()
    let task = consume gate.Task
    Time.Spend 100
    gate.SetResult()
    task.Wait()

let private forget (gate: Task) =
    task {
        do! gate
        Time.Spend 7
    }
    |> ignore

let FireAndForget () =
    let gate = TaskCompletionSource()
    forget gate.Task
    Time.Spend 1000
    completeGate gate
    Time.Spend 5000

// What `await foreach` is in C#: F# has no word for it.
type private Numbers(gate: Task) =
    let mutable number = 0

    interface IAsyncEnumerator<int> with
        member _.Current = number

        member _.MoveNextAsync() =
            ValueTask<bool>(
                task {
                    Time.Spend 10

                    if number = 1 then
                        do! gate

                    number <- number + 1
                    return number <= 2
                }
            )

        member _.DisposeAsync() = ValueTask()

let private consumeAll (numbers: IAsyncEnumerator<int>) =
    task {
        while! numbers.MoveNextAsync() do
            add numbers.Current
    }

let Streams () =
    let gate = TaskCompletionSource()
    let task = consumeAll (Numbers gate.Task)
    Time.Spend 100
    gate.SetResult()
    task.Wait()

type private Source() =
    let mutable core = ManualResetValueTaskSourceCore<int>()

    member _.Version = core.Version

    member _.Complete number =
        Time.Spend 10
        core.SetResult number

    interface IValueTaskSource<int> with
        member _.GetResult token = core.GetResult token
        member _.GetStatus token = core.GetStatus token

        member _.OnCompleted(continuation, state, token, flags) =
            core.OnCompleted(continuation, state, token, flags)

let private uses (source: Source) =
    task {
        Time.Spend 1
        let! number = ValueTask<int>(source, source.Version)
        add number
    }

let ValueTaskSources () =
    let source = Source()
    let task = uses source
    Time.Spend 100
    source.Complete 3
    Time.Spend 1000
    task.Wait()

type private PumpContext() =
    inherit SynchronizationContext()

    let posted = Queue<struct (SendOrPostCallback * obj)>()

    override _.Post(callback, state) =
        lock posted (fun () -> posted.Enqueue(struct (callback, state)))

    member _.Run() =
        Time.Spend 1000

        while posted.Count > 0 do
            let struct (callback, state) = posted.Dequeue()
            callback.Invoke state

let Pump () =
    let before = SynchronizationContext.Current
    let pump = PumpContext()
    SynchronizationContext.SetSynchronizationContext pump

    try
        let gate = TaskCompletionSource()
        let task = outer gate.Task
        // Another thread: this one would go on at once.
        let thread = Thread(gate.SetResult)
        thread.Start()
        thread.Join()
        pump.Run()
        task.Wait()
    finally
        SynchronizationContext.SetSynchronizationContext before
