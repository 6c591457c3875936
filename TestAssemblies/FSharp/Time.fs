// Known to the weaver by its name, whoever defines it.
namespace ProfilerWeaver

type internal NoProfileAttribute() =
    inherit System.Attribute()

namespace Scenarios

/// The time of the scenarios: it stands still but for what they add to it.
[<AbstractClass; Sealed; ProfilerWeaver.NoProfile>]
type Time =
    [<DefaultValue>]
    static val mutable private ticks: int64

    static member Read() = Time.ticks
    static member Spend(n: int) = Time.ticks <- Time.ticks + int64 n
