Imports System.Threading
Imports System.Threading.Tasks
Imports System.Threading.Tasks.Sources

''' <summary>Async programs whose trees, and whose times to the tick, are known by construction. What completes a task runs who awaits
''' it.</summary>
Public Module AsyncTrees
    Private s_gate As TaskCompletionSource

    Private Sub Add(number As Integer)
        Time.Ticks += number
    End Sub

    ' Is no caller of what goes on.
    Private Sub CompleteGate()
        Time.Ticks += 200
        s_gate.SetResult()
        Time.Ticks += 300
    End Sub

    Private Async Function Outer(gate As Task) As Task
        Time.Ticks += 2
        Await Inner(gate)
        Time.Ticks += 4
        Add(8)
    End Function

    Private Async Function Inner(gate As Task) As Task
        Time.Ticks += 16
        Await gate
        Time.Ticks += 32
        Add(64)
    End Function

    Public Sub CompletesAtOnce()
        Time.Ticks += 1
        Outer(Task.CompletedTask).Wait()
        Outer(Task.CompletedTask).Wait()
    End Sub

    Public Sub Suspends()
        s_gate = New TaskCompletionSource()
        Time.Ticks += 1
        Dim running = Outer(s_gate.Task)
        Time.Ticks += 1000
        CompleteGate()
        Time.Ticks += 100000
        running.Wait()
    End Sub

    Private Async Function Link(left As Integer) As Task
        Time.Ticks += 1
        If left = 1 Then
            Await s_gate.Task
        Else
            Await Link(left - 1)
        End If
        Time.Ticks += 1
    End Function

    Public Sub ChainOfFive()
        s_gate = New TaskCompletionSource()
        Dim running = Link(5)
        Time.Ticks += 100
        s_gate.SetResult()
        running.Wait()
    End Sub

    Private Async Function One(gate As Task) As Task
        Time.Ticks += 1
        Await gate
        Time.Ticks += 2
    End Function

    Private Async Function All(tasks As Task()) As Task
        Await Task.WhenAll(tasks)
        Time.Ticks += 3
    End Function

    Public Sub TenAtOnce()
        Dim gates(9) As TaskCompletionSource
        Dim tasks(9) As Task
        For i = 0 To 9
            gates(i) = New TaskCompletionSource()
            tasks(i) = One(gates(i).Task)
        Next
        Dim running = All(tasks)
        For Each gate In gates
            Time.Ticks += 10
            gate.SetResult()
        Next
        running.Wait()
    End Sub

    Private Async Function Passes() As Task
        Try
            Await s_gate.Task.ConfigureAwait(False)
        Finally
            Time.Ticks += 10
        End Try
    End Function

    Private Async Function Catches() As Task
        Try
            Await Passes()
        Catch e As InvalidOperationException
            Time.Ticks += 1
        End Try
    End Function

    Public Sub Exceptions()
        s_gate = New TaskCompletionSource()
        Dim running = Catches()
        Time.Ticks += 1000
        s_gate.SetException(New InvalidOperationException())
        running.Wait()
    End Sub

    Private Async Function Hold(Of T)(value As T, gate As Task) As Task(Of T)
        Time.Ticks += 1
        Await gate
        Add(10)
        Return value
    End Function

    Public Sub Generics()
        Dim gate = New TaskCompletionSource()
        Dim other = New TaskCompletionSource()
        Dim number = Hold(1, gate.Task)
        Dim text = Hold("a", other.Task)
        Time.Ticks += 100
        gate.SetResult()
        other.SetResult()
        Task.WaitAll(number, text)
    End Sub

    Private Async Function Cancelled(token As CancellationToken) As Task
        Dim gate = New TaskCompletionSource()
        Using token.Register(Sub() gate.SetCanceled(token))
            Try
                Await gate.Task
            Catch e As TaskCanceledException
                Time.Ticks += 1
            End Try
        End Using
    End Function

    Public Sub Cancellation()
        Using source = New CancellationTokenSource()
            Dim running = Cancelled(source.Token)
            Time.Ticks += 100
            source.Cancel()
            Time.Ticks += 1000
            running.Wait()
        End Using
    End Sub

    Private Async Function Descend(depth As Integer) As Task
        Time.Ticks += 1
        If depth = 0 Then
            Await s_gate.Task
        Else
            Await Descend(depth - 1)
            Await Descend(0)
        End If
        Time.Ticks += 10
    End Function

    Public Sub Recursion()
        s_gate = New TaskCompletionSource()
        Dim running = Descend(3)
        Time.Ticks += 100
        s_gate.SetResult()
        running.Wait()
    End Sub

    Private Iterator Function Numbers(count As Integer) As IEnumerable(Of Integer)
        For number = 1 To count
            Time.Ticks += 10
            Yield number
            Add(number)
        Next
    End Function

    Private Async Function Consume() As Task
        For Each number In Numbers(3)
            Time.Ticks += 1
            Await s_gate.Task
        Next
    End Function

    Public Sub Iterators()
        s_gate = New TaskCompletionSource()
        Dim running = Consume()
        Time.Ticks += 100
        s_gate.SetResult()
        running.Wait()
    End Sub

    Private Async Sub Nobody()
        Await s_gate.Task
        Time.Ticks += 7
    End Sub

    Public Sub FireAndForget()
        s_gate = New TaskCompletionSource()
        Nobody()
        Time.Ticks += 1000
        CompleteGate()
        Time.Ticks += 5000
    End Sub

    ' What Await For Each would be, if Visual Basic had it.
    Private Class Stream
        Implements IAsyncEnumerator(Of Integer)

        Private number As Integer

        Public ReadOnly Property Current As Integer Implements IAsyncEnumerator(Of Integer).Current
            Get
                Return number
            End Get
        End Property

        Public Function MoveNextAsync() As ValueTask(Of Boolean) Implements IAsyncEnumerator(Of Integer).MoveNextAsync
            Return New ValueTask(Of Boolean)(Move())
        End Function

        Private Async Function Move() As Task(Of Boolean)
            Time.Ticks += 10
            If number = 1 Then Await s_gate.Task
            number += 1
            Return number <= 2
        End Function

        Public Function DisposeAsync() As ValueTask Implements IAsyncDisposable.DisposeAsync
            Return Nothing
        End Function
    End Class

    Private Async Function ConsumeAll(numbers As IAsyncEnumerator(Of Integer)) As Task
        Do While Await numbers.MoveNextAsync()
            Add(numbers.Current)
        Loop
    End Function

    Public Sub Streams()
        s_gate = New TaskCompletionSource()
        Dim running = ConsumeAll(New Stream())
        Time.Ticks += 100
        s_gate.SetResult()
        running.Wait()
    End Sub

    Private Class Source
        Implements IValueTaskSource(Of Integer)

        Private core As ManualResetValueTaskSourceCore(Of Integer)

        Public ReadOnly Property Version As Short
            Get
                Return core.Version
            End Get
        End Property

        Public Sub Complete(number As Integer)
            Time.Ticks += 10
            core.SetResult(number)
        End Sub

        Public Function GetResult(token As Short) As Integer Implements IValueTaskSource(Of Integer).GetResult
            Return core.GetResult(token)
        End Function

        Public Function GetStatus(token As Short) As ValueTaskSourceStatus Implements IValueTaskSource(Of Integer).GetStatus
            Return core.GetStatus(token)
        End Function

        Public Sub OnCompleted(continuation As Action(Of Object), state As Object, token As Short,
                flags As ValueTaskSourceOnCompletedFlags) Implements IValueTaskSource(Of Integer).OnCompleted
            core.OnCompleted(continuation, state, token, flags)
        End Sub
    End Class

    Private Async Function Uses(source As Source) As Task
        Time.Ticks += 1
        Add(Await New ValueTask(Of Integer)(source, source.Version))
    End Function

    Public Sub ValueTaskSources()
        Dim source = New Source()
        Dim running = Uses(source)
        Time.Ticks += 100
        source.Complete(3)
        Time.Ticks += 1000
        running.Wait()
    End Sub

    Private Class PumpContext
        Inherits SynchronizationContext

        Private ReadOnly posted As New Queue(Of (Callback As SendOrPostCallback, State As Object))

        Public Overrides Sub Post(callback As SendOrPostCallback, state As Object)
            SyncLock posted
                posted.Enqueue((callback, state))
            End SyncLock
        End Sub

        Public Sub Run()
            Time.Ticks += 1000
            Do While posted.Count > 0
                Dim work = posted.Dequeue()
                work.Callback(work.State)
            Loop
        End Sub
    End Class

    Public Sub Pump()
        Dim before = SynchronizationContext.Current
        Dim context = New PumpContext()
        SynchronizationContext.SetSynchronizationContext(context)
        Try
            s_gate = New TaskCompletionSource()
            Dim running = Outer(s_gate.Task)
            ' Another thread: this one would go on at once.
            Dim thread = New Thread(AddressOf s_gate.SetResult)
            thread.Start()
            thread.Join()
            context.Run()
            running.Wait()
        Finally
            SynchronizationContext.SetSynchronizationContext(before)
        End Try
    End Sub
End Module
