''' <summary>The time of the scenarios: it stands still but for what they add to it.</summary>
Public Module Time
    Public Ticks As Long

    Public Function Read() As Long
        Return Ticks
    End Function
End Module
