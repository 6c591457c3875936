Imports System.Threading
Imports System.Threading.Tasks

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
End Module
