Public Module Errors
    Public Function ResumeNext() As String
        On Error Resume Next
        Dim zero = 0
        Dim x = 7 \ zero
        Dim text = "" & Err.Number
        Err.Clear()
        x = CInt("not a number")
        text &= " " & Err.Number
        Return text & " " & x
    End Function

    Public Function GotoLabel() As String
        Dim log = ""
        On Error GoTo Failed
        log &= "before "
        Throw New InvalidOperationException("thrown")
        log &= "unreached "
Failed:
        log &= Err.Description
        Return log
    End Function

    Public Function ResumeAfterGoto() As String
        Dim tries = 0
        Dim divisor = 0
        On Error GoTo Mend
        Dim quotient = 10 \ divisor
        On Error GoTo 0
        Return quotient & " after " & tries
Mend:
        tries += 1
        divisor = tries
        If tries < 3 Then Resume
        Resume Next
    End Function

    Public Function ResumeAtLabel() As String
        Dim log = ""
        On Error GoTo Handler
        Err.Raise(513, "here", "raised")
        log &= "skipped"
Continued:
        log &= " continued"
        Return log
Handler:
        log &= Err.Number & Err.Source
        Resume Continued
    End Function

    Public Function ErrorsInLoops() As String
        On Error Resume Next
        Dim sum = 0
        For Each word In {"1", "two", "3"}
            sum += CInt(word)
        Next
        Return sum & " " & Err.Number
    End Function

    Private Sub Thrower(n As Integer)
        If n > 0 Then Throw New ArgumentException("n is " & n)
    End Sub

    Public Function Filters() As String
        Dim log = ""
        For n = 0 To 3
            Try
                Thrower(n)
                log &= "ok "
            Catch ex As ArgumentException When ex.Message.EndsWith("1")
                log &= "one "
            Catch ex As ArgumentException When n = 2 AndAlso Note(log)
                log &= "two "
            Catch When n > 2
                log &= "rest "
            Finally
                log &= "| "
            End Try
        Next
        Return log
    End Function

    Private Function Note(ByRef log As String) As Boolean
        log &= "filter "
        Return True
    End Function

    Public Function ExitTry() As String
        Dim log = ""
        Try
            log &= "try "
            If log.Length > 0 Then Exit Try
            log &= "unreached "
        Catch ex As Exception
            log &= "catch "
        Finally
            log &= "finally"
        End Try
        Return log
    End Function

    Public Function Rethrown() As String
        Try
            Try
                Thrower(5)
            Catch
                Throw
            End Try
        Catch ex As Exception
            Return CStr(ex.StackTrace.Contains("Thrower"))
        End Try
        Return "unreached"
    End Function

    Public Function GotoOutOfTry() As String
        Dim n = 0
Again:
        Try
            n += 1
            If n < 4 Then GoTo Again
        Finally
            n += 10
        End Try
        Return CStr(n)
    End Function
End Module
