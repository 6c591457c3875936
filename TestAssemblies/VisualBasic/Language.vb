Imports System.Text

Public Module Language
    Public Function OptionalParameters() As String
        Return Described("a") & Described("b", 2) & Described("c", separator:="/") & Total(1, 2, 3)
    End Function

    Private Function Described(name As String, Optional count As Integer = 1, Optional separator As String = "-") As String
        Return name & separator & count & " "
    End Function

    Private Function Total(ParamArray all As Integer()) As Integer
        Return all.Sum()
    End Function

    Public Function Selection() As String
        Dim text As New StringBuilder
        For Each word In {"apple", "pear", "plum", "fig", "date", "kiwi", "lime", "none"}
            Select Case word
                Case "apple" : text.Append(1)
                Case "pear", "plum" : text.Append(2)
                Case "fig" : text.Append(3)
                Case "date" : text.Append(4)
                Case "kiwi" : text.Append(5)
                Case "lime" : text.Append(6)
                Case Else : text.Append("?")
            End Select
        Next
        For n = 0 To 25 Step 5
            Select Case n
                Case 0 : text.Append("z")
                Case 1 To 5 : text.Append("s")
                Case Is > 20 : text.Append("b")
                Case Else : text.Append("m")
            End Select
        Next
        Return text.ToString()
    End Function

    Public Function LateBinding() As String
        Dim thing As Object = New StringBuilder("abc")
        thing.Append("d")
        thing.Length = 3
        thing.Insert(0, "<")
        Dim list As Object = New List(Of Integer) From {1, 2, 3}
        list(1) = 20
        Dim sum As Object = 1
        sum += list(1)
        sum = sum & "x"
        Return thing.ToString() & list(1) & sum
    End Function

    Public Function LateBoundErrors() As String
        Dim thing As Object = "text"
        Try
            thing.NoSuchMember()
        Catch ex As MissingMemberException
            Return "missing"
        End Try
        Return "unreached"
    End Function

    Public Function XmlLiterals() As String
        Dim names = {"Ann", "Bob"}
        Dim document = <people count=<%= names.Length %>>
                           <%= From name In names Select <person name=<%= name %>><%= name.Length %></person> %>
                       </people>
        Return document.ToString(Xml.Linq.SaveOptions.DisableFormatting) & document.<person>.Last().@name
    End Function

    Private Function NextNumber() As Integer
        Static count As Integer = 10
        Static names As New List(Of String)
        count += 1
        names.Add("n")
        Return count + names.Count
    End Function

    Public Function StaticLocals() As String
        Dim a = NextNumber()
        Dim b = NextNumber()
        Return CStr(b - a)
    End Function

    Public Function ClosuresInLoops() As String
        Dim actions As New List(Of Func(Of String))
        Dim outer = 100
        For n = 1 To 3
            Dim copy = n
            actions.Add(Function() CStr(copy + outer))
        Next
        For Each item In {"x", "y"}
            actions.Add(Function() item & actions.Count)
        Next
        outer = 200
        Return String.Join(" ", actions.Select(Function(action) action()))
    End Function

    Public Function LambdaStatements() As String
        Dim log = ""
        Dim write As Action(Of String) = Sub(text) log &= text
        Dim compare = Function(a As Integer, b As Integer)
                          If a > b Then Return "more"
                          If a < b Then Return "less"
                          Return "same"
                      End Function
        write("a")
        write(compare(1, 2))
        write(compare(2, 2))
        Return log
    End Function

    Private NotInheritable Class Resource
        Implements IDisposable

        ReadOnly log As StringBuilder

        Sub New(log As StringBuilder)
            Me.log = log
            log.Append("open ")
        End Sub

        Sub Dispose() Implements IDisposable.Dispose
            log.Append("close ")
        End Sub
    End Class

    Public Function UsingAndLock() As String
        Dim log As New StringBuilder
        Dim gate As New Object
        Using first As New Resource(log), second As New Resource(log)
            SyncLock gate
                log.Append("locked ")
                If log.Length > 0 Then Return log.ToString()
            End SyncLock
        End Using
        Return "unreached"
    End Function

    Public Function Queries() As String
        Dim orders = {New With {.Name = "a", .Price = 5}, New With {.Name = "b", .Price = 9}, New With {.Name = "a", .Price = 7}}
        Dim totals = From order In orders
                     Where order.Price > 4
                     Group By order.Name Into Sum(order.Price), Count()
                     Order By Name Descending
                     Select $"{Name}{Sum}{Count}"
        Dim pairs = From a In {1, 2}, b In {3, 4} Let product = a * b Where product > 3 Select product
        Return String.Join(" ", totals) & " " & pairs.Sum() & " " & orders(0).ToString()
    End Function

    Public Function Loops() As String
        Dim text = ""
        Dim n = 0
        Do
            n += 1
            If n = 2 Then Continue Do
            text &= n
        Loop Until n = 4
        While n > 0
            n -= 1
            If n = 1 Then Exit While
        End While
        Dim d = 0.0
        For x = 0.0 To 1.0 Step 0.25
            d += x
        Next
        Return text & n & d
    End Function

    Public Function ByRefs() As String
        Dim a = 1
        Dim values = {1, 2, 3}
        Increment(a)
        Increment(values(1))
        Dim holder As New Holder With {.Value = 5}
        Increment(holder.Value)
        Increment((a))
        Return a & values(1) & holder.Value
    End Function

    Private Sub Increment(ByRef n As Integer)
        n += 1
    End Sub

    Class Holder
        Public Property Value As Integer
    End Class

    Public Function Conversions() As String
        Dim o As Object = "12"
        Dim n As Integer = o
        Dim d = CDbl("1.5") + CInt(2.5) + CInt(3.5)
        Dim b As Boolean = CBool("True")
        Dim c = CChar("xyz")
        Dim shown = If(n > 5, "big", "small")
        Dim chosen = If(CType(Nothing, String), "none")
        Return n & d.ToString(Globalization.CultureInfo.InvariantCulture) & b & c & shown & chosen & ("abc" Like "a*") &
            TypeName(o) & IIf(n = 12, "y", "n")
    End Function
End Module
