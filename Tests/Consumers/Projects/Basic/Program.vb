Module Program
    Sub Main()
        For number = 1 To 4
            Greet(number)
        Next
#If PROFILED And RELEASE And TRACE Then
        Console.WriteLine("PROFILED")
#End If
    End Sub

    Sub Greet(number As Integer)
        Console.WriteLine("Hello " & number)
    End Sub
End Module
