Imports System.Threading.Tasks

Public Module Asynchronous
    Async Function AddLater(a As Integer, b As Integer) As Task(Of Integer)
        Await Task.Delay(1)
        Return a + b
    End Function

    Async Function Twice() As Task(Of Integer)
        Dim first = Await AddLater(1, 2)
        Return Await AddLater(first, Await AddLater(3, 4))
    End Function

    Public Function Functions() As String
        Return CStr(Twice().Result)
    End Function

    Async Sub Signal(log As List(Of String), done As TaskCompletionSource(Of Boolean))
        log.Add("before")
        Await Task.Yield()
        log.Add("after")
        done.SetResult(True)
    End Sub

    Public Function Subs() As String
        Dim log As New List(Of String)
        Dim done As New TaskCompletionSource(Of Boolean)
        Signal(log, done)
        done.Task.Wait()
        Return String.Join(",", log)
    End Function

    Async Function Fail(n As Integer) As Task
        Await Task.Yield()
        If n > 0 Then Throw New InvalidOperationException("n=" & n)
    End Function

    Async Function Guarded() As Task(Of String)
        Dim text = ""
        Try
            Await Fail(0)
            text &= "fine "
            Await Fail(3)
        Catch ex As InvalidOperationException When ex.Message.Contains("3")
            text &= ex.Message
        Finally
            text &= " finally"
        End Try
        If text.Length > 100 Then
            Return "long"
        Else
            Return text
        End If
    End Function

    Public Function Exceptions() As String
        Return Guarded().Result
    End Function

    Public Function Lambdas() As String
        Dim factor = 3
        Dim work = Async Function(n As Integer) As Task(Of Integer)
                       Await Task.Delay(1)
                       Return n * factor
                   End Function
        Dim count = 0
        Dim act = Async Function()
                      Await Task.Yield()
                      count += 1
                  End Function
        act().Wait()
        Return work(14).Result & " " & count
    End Function

    Async Function Together(Of T)(items As IEnumerable(Of T)) As Task(Of List(Of T))
        Dim result As New List(Of T)
        For Each item In items
            Await Task.Yield()
            result.Add(item)
        Next
        Return result
    End Function

    Public Function Generics() As String
        Return String.Join(",", Together({"a", "b"}).Result) & String.Join(",", Together({1, 2}).Result)
    End Function

    Async Function ThrowsInCatch() As Task
        Try
            Await Fail(1)
        Catch ex As Exception
            Throw New ApplicationException("wrapped", ex)
        End Try
    End Function

    Public Function ThrowInCatch() As String
        Try
            ThrowsInCatch().GetAwaiter().GetResult()
        Catch ex As ApplicationException
            Return ex.Message & " " & ex.InnerException.Message
        End Try
        Return "unreached"
    End Function
End Module
