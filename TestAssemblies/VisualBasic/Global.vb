Namespace Global
    ''' <summary>As in a project without a root namespace.</summary>
    Public Module WithoutNamespace
        Public Function Closures() As String
            Dim total = 0
            Dim add As Action(Of Integer) = Sub(n) total += n
            add(1)
            add(2)
            Return CStr(total)
        End Function
    End Module
End Namespace
