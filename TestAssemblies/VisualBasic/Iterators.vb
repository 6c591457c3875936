Public Module Iterators
    Iterator Function Numbers(limit As Integer) As IEnumerable(Of Integer)
        For n = 1 To limit
            Yield n
        Next
    End Function

    Iterator Function Guarded(log As List(Of String)) As IEnumerable(Of String)
        Try
            Yield "a"
            log.Add("after a")
            Yield "b"
        Finally
            log.Add("finally")
        End Try
    End Function

    Iterator Function Pairs(Of T)(items As IEnumerable(Of T)) As IEnumerable(Of Tuple(Of T, T))
        Dim previous As T = Nothing
        Dim first = True
        For Each item In items
            If Not first Then Yield Tuple.Create(previous, item)
            previous = item
            first = False
        Next
    End Function

    Public Function Functions() As String
        Return String.Join(",", Numbers(4)) & " " & String.Join(";", Pairs(Numbers(3)))
    End Function

    Public Function EarlyEnd() As String
        Dim log As New List(Of String)
        For Each letter In Guarded(log)
            log.Add(letter)
            Exit For
        Next
        Dim all = Guarded(log).Count()
        Return String.Join(",", log) & all
    End Function

    Public Function Lambdas() As String
        Dim squares = Iterator Function(limit As Integer) As IEnumerable(Of Integer)
                          For n = 1 To limit
                              Yield n * n
                          Next
                      End Function
        Return String.Join(",", squares(4))
    End Function

    Public Function Enumerators() As String
        Dim range As New Range(3, 6)
        Dim text = ""
        For Each n In range
            text &= n
        Next
        For Each n As Integer In range
            text &= n
        Next
        Return text
    End Function

    Class Range
        Implements IEnumerable(Of Integer)

        ReadOnly first, last As Integer

        Sub New(first As Integer, last As Integer)
            Me.first = first
            Me.last = last
        End Sub

        Public Iterator Function GetEnumerator() As IEnumerator(Of Integer) Implements IEnumerable(Of Integer).GetEnumerator
            For n = first To last
                Yield n
            Next
        End Function

        Private Function Untyped() As IEnumerator Implements IEnumerable.GetEnumerator
            Return GetEnumerator()
        End Function

        Public ReadOnly Iterator Property Reversed As IEnumerable(Of Integer)
            Get
                For n = last To first Step -1
                    Yield n
                Next
            End Get
        End Property
    End Class

    Public Function Properties() As String
        Return String.Join(",", New Range(1, 3).Reversed)
    End Function
End Module
