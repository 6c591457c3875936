Public Module Members
    Class Counter
        Public Event Counted(sender As Object, n As Integer)

        Private n As Integer

        Public Sub Count()
            n += 1
            RaiseEvent Counted(Me, n)
        End Sub
    End Class

    Class Listener
        Private WithEvents source As Counter
        Public Log As String = ""

        Sub New(source As Counter)
            Me.source = source
        End Sub

        Public Sub Detach()
            source = Nothing
        End Sub

        Private Sub OnCounted(sender As Object, n As Integer) Handles source.Counted
            Log &= n
        End Sub
    End Class

    Public Function HandledEvents() As String
        Dim counter As New Counter
        Dim listener As New Listener(counter)
        counter.Count()
        counter.Count()
        listener.Detach()
        counter.Count()
        Return listener.Log
    End Function

    Class Publisher
        Private ReadOnly handlers As New List(Of EventHandler)

        Public Custom Event Changed As EventHandler
            AddHandler(value As EventHandler)
                handlers.Add(value)
            End AddHandler
            RemoveHandler(value As EventHandler)
                handlers.Remove(value)
            End RemoveHandler
            RaiseEvent(sender As Object, e As EventArgs)
                For Each handler In handlers
                    handler(sender, e)
                Next
            End RaiseEvent
        End Event

        Public Sub Change()
            RaiseEvent Changed(Me, EventArgs.Empty)
        End Sub
    End Class

    Public Function CustomEvents() As String
        Dim count = 0
        Dim publisher As New Publisher
        Dim handler As EventHandler = Sub() count += 1
        AddHandler publisher.Changed, handler
        AddHandler publisher.Changed, Sub(sender, e) count += 10
        publisher.Change()
        RemoveHandler publisher.Changed, handler
        publisher.Change()
        Return CStr(count)
    End Function

    Class Matrix
        Private ReadOnly cells As New Dictionary(Of (Integer, Integer), Integer)

        Default Public Property Cell(row As Integer, column As Integer) As Integer
            Get
                Dim value As Integer
                Return If(cells.TryGetValue((row, column), value), value, -1)
            End Get
            Set
                cells((row, column)) = Value
            End Set
        End Property

        Public ReadOnly Property Name(prefix As String, Optional suffix As String = "!") As String
            Get
                Return prefix & cells.Count & suffix
            End Get
        End Property

        Public WriteOnly Property AllOf(row As Integer) As Integer
            Set(value As Integer)
                For column = 0 To 1
                    cells((row, column)) = value
                Next
            End Set
        End Property
    End Class

    Public Function PropertiesWithParameters() As String
        Dim matrix As New Matrix
        matrix(0, 0) = 5
        matrix.AllOf(1) = 7
        matrix(0, 0) += 1
        Return matrix(0, 0) & matrix(1, 1) & matrix(9, 9) & matrix.Name("m") & matrix.Name("p", "?")
    End Function

    Structure Money
        Implements IComparable(Of Money)

        Public ReadOnly Cents As Integer

        Sub New(cents As Integer)
            Me.Cents = cents
        End Sub

        Public Shared Operator +(a As Money, b As Money) As Money
            Return New Money(a.Cents + b.Cents)
        End Operator

        Public Shared Operator -(a As Money) As Money
            Return New Money(-a.Cents)
        End Operator

        Public Shared Operator &(a As Money, b As String) As String
            Return a.ToString() & b
        End Operator

        Public Shared Operator Like(a As Money, b As Money) As Boolean
            Return a.Cents \ 100 = b.Cents \ 100
        End Operator

        Public Shared Operator \(a As Money, n As Integer) As Money
            Return New Money(a.Cents \ n)
        End Operator

        Public Shared Operator ^(a As Money, n As Integer) As Money
            Return New Money(CInt(a.Cents ^ n))
        End Operator

        Public Shared Operator IsTrue(a As Money) As Boolean
            Return a.Cents <> 0
        End Operator

        Public Shared Operator IsFalse(a As Money) As Boolean
            Return a.Cents = 0
        End Operator

        Public Shared Operator =(a As Money, b As Money) As Boolean
            Return a.Cents = b.Cents
        End Operator

        Public Shared Operator <>(a As Money, b As Money) As Boolean
            Return Not a = b
        End Operator

        Public Shared Widening Operator CType(cents As Integer) As Money
            Return New Money(cents)
        End Operator

        Public Shared Narrowing Operator CType(money As Money) As Integer
            Return money.Cents
        End Operator

        Public Function CompareTo(other As Money) As Integer Implements IComparable(Of Money).CompareTo
            Return Cents.CompareTo(other.Cents)
        End Function

        Public Overrides Function ToString() As String
            Return $"{Cents / 100:0.00}"
        End Function
    End Structure

    Public Function Operators() As String
        Dim sum = New Money(150) + 250
        Dim yes = If(sum, "rich", "poor")
        Return (sum & "x") & CInt(-sum) & (sum Like New Money(499)) & (sum \ 3).ToString() & (New Money(3) ^ 2).ToString() &
            yes & (sum = 400) & (sum <> 400)
    End Function

    MustInherit Class Base
        Protected Name As String

        Sub New()
            Me.New("base")
        End Sub

        Sub New(name As String)
            Me.Name = name & Kind()
        End Sub

        Protected MustOverride Function Kind() As String

        Public Overridable Function Describe() As String
            Return Name
        End Function
    End Class

    Class Derived
        Inherits Base

        ReadOnly extra As String = "field"

        Sub New()
            MyBase.New()
            Name &= extra
        End Sub

        Sub New(n As Integer)
            MyBase.New("n" & n)
        End Sub

        Shared Sub New()
            Created = 40
        End Sub

        Public Shared Created As Integer

        Protected Overrides Function Kind() As String
            Return If(extra, "unset")
        End Function

        Public Overrides Function Describe() As String
            Dim parent = Function() MyBase.Describe()
            Return "<" & parent() & MyClass.Kind() & ">"
        End Function
    End Class

    Public Function Constructors() As String
        Return New Derived().Describe() & New Derived(2).Describe() & Derived.Created
    End Function

    Interface IGreeter
        Function Greet(name As String) As String
    End Interface

    Class Polite
        Implements IGreeter

        Private Function SayHello(name As String) As String Implements IGreeter.Greet
            Return "Dear " & name
        End Function
    End Class

    Public Function RenamedImplementations() As String
        Dim greeter As IGreeter = New Polite
        Return greeter.Greet("Ann")
    End Function

    Class Stack(Of T As {New, IComparable(Of T)})
        Private ReadOnly items As New List(Of T)

        Public Sub Push(item As T)
            items.Add(item)
        End Sub

        Public Function Largest(Of TResult)(map As Func(Of T, TResult)) As TResult
            Dim best As New T
            For Each item In items
                If item.CompareTo(best) > 0 Then best = item
            Next
            Return items.Where(Function(item) item.CompareTo(best) = 0).Select(map).Last()
        End Function
    End Class

    Public Function Generics() As String
        Dim stack As New Stack(Of Integer)
        stack.Push(3)
        stack.Push(8)
        Return stack.Largest(Function(n) "n" & n)
    End Function

    <Runtime.CompilerServices.Extension>
    Private Function Repeated(text As String, times As Integer) As String
        Return String.Concat(Enumerable.Repeat(text, times))
    End Function

    Public Function Extensions() As String
        Return "ab".Repeated(3)
    End Function

    Delegate Function Combine(a As Integer, b As Integer) As Integer

    Private Function Add(a As Integer, b As Integer) As Integer
        Return a + b
    End Function

    Public Function Delegates() As String
        Dim combine As Combine = AddressOf Add
        Dim relaxed As Action = AddressOf SideEffect
        relaxed()
        Dim widened As Func(Of Short, Short, Long) = AddressOf Add
        Return combine(1, 2) & widened(3, 4)
    End Function

    Private Function SideEffect() As String
        Return "ignored"
    End Function
End Module
