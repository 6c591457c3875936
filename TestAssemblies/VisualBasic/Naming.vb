Imports System.Threading.Tasks

''' <summary>What the compiler makes names for.</summary>
Public Module Naming
    Class Shelf
        Public Overridable Function Size(unit As Integer) As Integer
            Return unit
        End Function

        Public Overridable Function Size(unit As String) As Integer
            Return unit.Length
        End Function

        Public Overridable Function Same(Of T)(item As T) As T
            Return item
        End Function

        Public Overridable ReadOnly Property Level As Integer
            Get
                Return 1
            End Get
        End Property
    End Class

    Class DeepShelf
        Inherits Shelf

        Public Overrides Function Size(unit As Integer) As Integer
            Dim larger = Function() MyBase.Size(unit) + MyBase.Size("four")
            Return larger()
        End Function

        Public Overrides Function Same(Of T)(item As T) As T
            Dim later = Function() MyBase.Same(item)
            Return later()
        End Function

        Public Overrides ReadOnly Property Level As Integer
            Get
                Dim deeper = Function() MyBase.Level + MyClass.Size(1)
                Return deeper()
            End Get
        End Property

        Public Async Function SameAsync() As Task(Of String)
            Await Task.Yield()
            Return MyBase.Same("later") & MyBase.ToString().Substring(0, 3)
        End Function

        Public Iterator Function Sizes() As IEnumerable(Of Integer)
            Yield MyBase.Size(2)
        End Function
    End Class

    Public Function BaseCalls() As String
        Dim shelf As New DeepShelf
        Return shelf.Size(2) & shelf.Same(3) & shelf.Level & shelf.SameAsync().Result & shelf.Sizes().Sum()
    End Function

    ReadOnly Iterator Property Squares(limit As Integer) As IEnumerable(Of Integer)
        Get
            For n = 1 To limit
                Yield n * n
            Next
        End Get
    End Property

    Public Function IteratorProperties() As String
        Return String.Join(" ", Squares(3)) & " " & Squares(4).Count()
    End Function

    Private Sub Noted(text As String)
        notes &= text
    End Sub

    Private notes As String

    Public Function RelaxedDelegates() As String
        notes = ""
        Dim note As Action(Of String) = AddressOf Noted
        Dim ignoring As EventHandler = Sub() Noted("b")
        Dim wider As Func(Of Integer, Long) = Function(n As Integer) n + 1
        note("a")
        ignoring(Nothing, EventArgs.Empty)
        Return notes & wider(1)
    End Function

    Public Function KeyedTypes() As String
        Dim one = New With {Key .Name = "a", .Size = 1}
        Dim other = New With {Key .Name = "a", .Size = 2}
        Dim joined = From a In {one, other} Join b In {one, other} On a.Name Equals b.Name
                     Let both = a.Size + b.Size Where both > 2 Select a, both
        Return one.Equals(other) & joined.Count() & joined.First().both
    End Function

    Structure Size
        Public Width As Integer

        Public Sub New(width As Integer)
            Me.Width = width
        End Sub
    End Structure

    Class Initialized
        Public ReadOnly Number As Integer = Integer.Parse("3")
    End Class

    Public Function Constructors() As String
        Return New Initialized().Number & New Size(4).Width
    End Function
End Module
