Imports System.Threading.Tasks

''' <summary>Programs whose calls can be counted by reading them.</summary>
Public Module Counts
    Public Sub Lambdas()
        Dim total = 0
        Dim add = Sub(n As Integer)
                      Ticks += n
                      total += n
                  End Sub
        For n = 1 To 3
            add(n)
        Next
        Dim twice As Func(Of Integer, Integer) = Function(n) Spend(2 * n)
        Ticks += twice(5)
    End Sub

    Private Function Spend(n As Integer) As Integer
        Ticks += n
        Return n
    End Function

    ' Two enumerations of Numbers; the time between the resumes is the consumer's.
    Public Sub Iterators()
        For Each n In Numbers(3)
            Ticks += 1000
        Next
        For Each n In Numbers(2)
            Ticks += 1000
        Next
        Dim letters = Iterator Function() As IEnumerable(Of Char)
                          Ticks += 5
                          Yield "a"c
                          Ticks += 5
                      End Function
        For Each c In letters()
            Ticks += 1000
        Next
    End Sub

    Private Iterator Function Numbers(count As Integer) As IEnumerable(Of Integer)
        For n = 1 To count
            Ticks += 10
            Yield n
        Next
        Ticks += 1
    End Function

    Public Sub Asynchronous()
        Dim gate As New TaskCompletionSource
        Dim work = Outer(gate.Task)
        Ticks += 1000
        gate.SetResult()
        work.Wait()
        Dim lambda = Async Function(n As Integer) As Task(Of Integer)
                         Ticks += n
                         Await Task.CompletedTask
                         Return n
                     End Function
        lambda(3).Wait()
        lambda(4).Wait()
    End Sub

    Private Async Function Outer(gate As Task) As Task
        Ticks += 1
        Await Inner(gate)
        Ticks += 2
    End Function

    Private Async Function Inner(gate As Task) As Task
        Ticks += 10
        Await gate
        Ticks += 20
    End Function

    Public Sub Errors()
        On Error Resume Next
        Fail(3)
        Fail(4)
        Spend(1)
    End Sub

    Private Sub Fail(n As Integer)
        Ticks += n
        Throw New InvalidOperationException
    End Sub

    Class Source
        Public Event Raised As Action

        Public Sub Fire()
            RaiseEvent Raised()
        End Sub
    End Class

    Class Sink
        Public WithEvents Source As Source

        Private Sub OnRaised() Handles Source.Raised
            Ticks += 1
        End Sub
    End Class

    Public Sub Events()
        Dim sink As New Sink With {.Source = New Source}
        sink.Source.Fire()
        sink.Source.Fire()
    End Sub

    Class Shelf
        Private ReadOnly books As New Dictionary(Of String, Integer)

        Default Public Property Book(title As String) As Integer
            Get
                Ticks += 1
                Return books(title)
            End Get
            Set
                Ticks += 2
                books(title) = Value
            End Set
        End Property

        Public Property Pages(title As String, Optional edition As Integer = 1) As Integer
            Get
                Return Me(title) * edition
            End Get
            Set
                Me(title) = Value
            End Set
        End Property

        Public Property Owner As String

        Public Shared Operator +(shelf As Shelf, other As Shelf) As Shelf
            Ticks += 3
            Return shelf
        End Operator

        Public Shared Widening Operator CType(title As String) As Shelf
            Return New Shelf With {.Owner = title}
        End Operator
    End Class

    Public Sub Members()
        Dim shelf As Shelf = "mine"
        shelf.Pages("a") = 5
        shelf("a") += shelf.Pages("a", 2)
        shelf += shelf
        Ticks += shelf.Owner.Length
    End Sub
End Module
