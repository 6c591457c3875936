module Scenarios.Naming

open System
open System.Runtime.CompilerServices

/// Properties of an interface; F# implements every interface explicitly.
type ILevel =
    abstract Usage: string
    abstract Value: int with get, set
    abstract Item: int -> int with get
    abstract Show: unit -> string
    [<CLIEvent>]
    abstract Changed: IEvent<EventHandler, EventArgs>

type Level(start: int) =
    let mutable value = start
    let changed = Event<EventHandler, EventArgs>()

    interface ILevel with
        member _.Usage = List.map (fun c -> c + value) [ 1 ] |> string
        member _.Value
            with get () = value
            and set x =
                value <- x
                changed.Trigger(null, EventArgs.Empty)
        member _.Item
            with get i = i + value
        member _.Show() = sprintf "%d" value
        [<CLIEvent>]
        member _.Changed = changed.Publish

/// Members that are added to other types.
type Exception with
    [<MethodImpl(MethodImplOptions.NoInlining)>]
    member e.FirstLine = e.Message.Split('\n').[0]

    [<MethodImpl(MethodImplOptions.NoInlining)>]
    member e.HelpText
        with get () = e.HelpLink
        and set (v: string) = e.HelpLink <- v

    [<MethodImpl(MethodImplOptions.NoInlining)>]
    member e.LineCount n = List.map (fun x -> x + n) [ e.Message.Length ]

    static member Of(text: string) = Exception(text + string text.Length)

type Box<'T>(v: 'T) =
    member _.V = v
    member val Auto = v with get, set
    static member val Shared = 3 with get, set

module Ext =
    type Box<'T> with
        member b.Doubled = [ b.V; b.V ]
        member b.With<'U>(u: 'U) = (b.V, u, List.map (fun x -> x) [ u ])

open Ext

/// Closures that take more arguments than one call can pass.
[<MethodImpl(MethodImplOptions.NoInlining)>]
let keep (f: int -> int -> int -> int -> int -> int -> int -> int) = [ f; f ]

[<MethodImpl(MethodImplOptions.NoInlining)>]
let apply6 (f: int -> int -> int -> int -> int -> int -> int) n = f n n n n n n

let seven n = (keep (fun a b c d e f g -> a + b + c + d + e + f + g + n)).Head 1 2 3 4 5 6 7
let twelve n =
    let f a b c d e f g h i j k l = a + b + c + d + e + f + g + h + i + j + k + l + n
    (List.map f [ 1; 2 ]).Head 2 3 4 5 6 7 8 9 10 11 12
let curried n = apply6 (fun a b c d e f -> a + b + c + d + e + f + n) n

/// Names that are no identifiers.
let ``should fail (without .dots & such).`` (n: int) = List.map (fun x -> x + n) [ 1; 2; 3 ]

let ``a.b`` (n: int) =
    let rec ``inner.one`` x = if x > n then x else ``inner.one`` (x + 1)
    let ``other [1]`` x = x * n
    List.map ``other [1]`` [ ``inner.one`` 0 ]

type ``Type with spaces``() =
    member _.``say it.`` n = Seq.toList (seq { for i in 1..n do yield i * 2 })
    member _.``prop.erty`` = 1
    interface IDisposable with
        member _.Dispose() = ()

module ``A module, (named)`` =
    let ``x.y`` = List.map (fun n -> n + 1) [ 1 ]

/// Values of a module.
let private a, private b = (let x = Console.Out.NewLine in let y = x.Length in (y, x))
let mutable counter = 0
let lazily = lazy (List.map (fun n -> n + counter) [ 1 ])
let table = dict [ for i in 1..3 -> i, string i ]
let get_thing () = counter
let set_thing n = counter <- n
let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd
let (|Over|_|) limit n = if n > limit then Some(n - limit) else None
let (<+>) a b = a * 10 + b
module Ranges =
    let inline (..) (a: ^T) (b: ^T) = [ a; a + b ]
    let (.. ..) (a: int) (s: int) (b: int) = [ a; s; b ]
let (~%%) (n: int) = -n
let inline (+.) (a: ^T) (b: ^T) = a + b + a
let inline addAll (x: ^T) (y: ^T) : ^T = ((^T or ^T): (static member Plus: ^T * ^T -> ^T) (x, y))

type Money =
    { Amount: int }
    static member Plus(x: Money, y: Money) = { Amount = x.Amount + y.Amount }
    static member (+)(x: Money, y: Money) = { Amount = x.Amount + y.Amount }
    static member (~-)(x: Money) = { Amount = -x.Amount }
    static member op_Explicit(x: Money) : int = x.Amount
    static member op_Implicit(x: int) : Money = { Amount = x }
    static member Zero = { Amount = 0 }

[<Measure>]
type m

let area (x: float<m>) (y: float<m>) = x * y

type Shape =
    | Circle of radius: float
    | Square of float
    | Nothing
    static member Unit = Circle 1.0
    member s.Area =
        match s with
        | Circle r -> r * r * 3.0
        | Square(s) -> s * s
        | Nothing -> 0.0
    override s.ToString() = sprintf "%f" s.Area

[<Struct>]
type Pair = { Left: int; Right: int }

[<Struct; CustomEquality; NoComparison>]
type Odd =
    | One of a: int
    | Two of b: string
    override _.Equals(o) = true
    override _.GetHashCode() = 1

exception Failed of string * int

/// Builders.
type Maybe() =
    member _.Bind(x, f) = Option.bind f x
    member _.Return x = Some x
    member _.Yield x = Some x
    member _.ReturnFrom(x: 'a option) = x
    member _.Zero() = None
    member _.Delay(f: unit -> 'a option) = f
    member _.Run f = f ()
    member _.Combine(a: 'a option, b: unit -> 'a option) = match a with Some _ -> a | None -> b ()
    member _.For(s: seq<'a>, f: 'a -> 'b option) = s |> Seq.tryPick f
    member _.Using(r: #IDisposable, f) = use x = r in f x
    member _.TryWith(f: unit -> 'a option, h: exn -> 'a option) = try f () with e -> h e
    [<CustomOperation("twice", MaintainsVariableSpace = true)>]
    member _.Twice(x: int option, [<ProjectionParameter>] f: int -> int) = Option.map (fun n -> f n * 2) x

let maybe = Maybe()

let built () =
    maybe {
        let! x = Some 3
        let! y = Some(x + 1)
        for z in [ 1; 2 ] do
            let! w = if z > 1 then Some z else None
            return x + y + w
        try
            return! None
        with e ->
            return 0
    }

let operated () = maybe { for x in [ 1 ] do twice (x + 1) }

let sequences n =
    let evens = seq { for i in 1..n do if i % 2 = 0 then yield i }
    let nested = seq { yield! evens; for x in [ 1; 2 ] -> x * n }
    let arr = [| for x in nested do yield x + 1 |]
    let lst = [ for x in arr do yield! [ x; x ] ]
    Seq.sum nested + lst.Length

let later n = async {
    do! Async.Sleep 1
    let! x = async { return n + 1 }
    use d = { new IDisposable with member _.Dispose() = counter <- counter + 1 }
    try
        return x * (if x > 100 then failwith "x" else 2)
    finally
        counter <- counter + 1
}

let tasked n = task {
    let! x = later n
    let mutable i = 0
    while i < 2 do
        do! Threading.Tasks.Task.Yield()
        i <- i + 1
    try
        let! y = task { return x + 1 }
        return x + y
    with e -> return 0
}

let background n = backgroundTask {
    let! x = tasked n
    return x + 1 }

let objects () =
    let c = { new Collections.Generic.IComparer<int> with
                member _.Compare(a, b) = compare (List.map (fun x -> x + a) [ b ]) [ b ] }
    let f : obj = { new Object() with
                override _.ToString() = string (c.Compare(1, 2))
              interface ILevel with
                member _.Usage = "u"
                member _.Value with get () = 1 and set _ = ()
                member _.Item with get i = i
                member _.Show() = "s"
                [<CLIEvent>]
                member _.Changed = (Event<EventHandler, EventArgs>()).Publish }
    f.ToString() + (f :?> ILevel).Usage

module rec Mutual =
    type Node(v: int) =
        member _.Next = if v > 3 then None else Some(make (v + 1))
    let make v = Node(v)
    module Inner =
        let walk (n: Node) =
            let rec go acc (n: Node) = match n.Next with Some x -> go (acc + 1) x | None -> acc
            go 0 n

let partial () =
    counter <- 0
    let add a b c = a + b + c + counter
    let add1 = add 1
    let add12 = add1 2
    let composed = add12 >> (fun x -> x * 2) >> string
    let piped = [ 1; 2; 3 ] |> List.map add12 |> List.filter (fun x -> x > 1) |> List.sumBy (fun x -> x + 1)
    composed 3 + string piped

let quoted () =
    let q = <@ fun (x: int) -> x + counter @>
    let r = <@ addAll { Amount = 1 } { Amount = 2 } @>
    q.ToString().Length > 0 && r.ToString().Length > 0

[<ReflectedDefinition>]
let reflected x = List.map (fun y -> x + y) [ 1 ]

type Optional() =
    member _.Run(x: int, ?y: int, ?z: string) = x + defaultArg y 1 + (defaultArg z "").Length
    member _.ByRef(x: byref<int>, [<Runtime.InteropServices.Out>] y: byref<string>) =
        x <- x + 1
        y <- "out"
        true
    static member Many([<ParamArray>] xs: int[]) = Array.sumBy (fun x -> x + 1) xs
    member _.Curried (a: int) (b: int) (c, d) = a + b + c + d
    new(x: int) = Optional()
    member val Prop = 3 with get, set
    member _.Item with get (i: int, j: int) = i + j and set (i: int, j: int) (v: int) = counter <- v
    member _.Named with get (i: int) = i and set (i: int) (v: int) = counter <- v

let anonymous () =
    let x = {| Name = "n"; Size = List.map (fun x -> x + 1) [ 2 ] |}
    let y = {| x with Extra = 1 |}
    let z = struct {| A = 1; B = 2 |}
    sprintf "%A %A %b" x y (x = {| Name = "n"; Size = [ 3 ] |}) + string (z.GetHashCode() <> 0)

let inline truncated ([<InlineIfLambda>] f: int -> int) n = f (f n)
let usesInline n = truncated (fun x -> x + n) n

let generic (f: 'a -> 'b) (xs: 'a list) =
    let rec go acc = function
        | [] -> List.rev acc
        | x :: rest -> go (f x :: acc) rest
    let mapped = go [] xs
    let pick (y: 'c) = List.map (fun m -> (m, y)) mapped
    (pick 1, pick "s")

let delegates () =
    let f = Func<int, int>(fun x -> x + counter)
    let g = Action(fun () -> counter <- f.Invoke 2)
    g.Invoke()
    Array.ConvertAll([| 1 |], fun x -> x + 1) |> Array.length

let matches x =
    match x with
    | Even & Over 3 n -> n
    | Odd when List.exists (fun y -> y = x) [ 1; 3 ] -> 1
    | _ -> 0

type Abstract() =
    abstract Run: int -> int
    default this.Run n = List.sumBy (fun x -> x + n) [ 1 ]
    static member val Count = 0 with get, set

type Derived() =
    inherit Abstract()
    override this.Run n = base.Run n + (let f x = x + n in List.sumBy f [ 1; 2 ])

[<AbstractClass; Sealed>]
type Helpers =
    [<Extension>]
    static member Shout(s: string, ?times: int) = String.replicate (defaultArg times 1) s

type ISelf<'T when 'T :> ISelf<'T>> =
    static abstract Make: int -> 'T
    static abstract (+): 'T * 'T -> 'T

type Self =
    { V: int }
    interface ISelf<Self> with
        static member Make n = { V = n }
        static member (+)(a, b) = { V = a.V + b.V }

let makeSelf<'T when 'T :> ISelf<'T>> n = 'T.Make n + 'T.Make n

/// Uses each of them.
let run () =
    counter <- 0
    let l = Level 2 :> ILevel
    l.Changed.AddHandler(fun _ _ -> counter <- counter + 1)
    l.Value <- 5
    let e = Exception "a\nb"
    e.HelpText <- "h"
    let o = Optional 1
    let mutable n = 1
    let ok, s = o.ByRef(&n)
    o[1, 2] <- 3
    o.Named(1) <- 2
    [ l.Usage; string l.Value; string l[1]; l.Show(); e.FirstLine; e.HelpText; string (e.LineCount 2); (Exception.Of "x").Message
      sprintf "%A" (Box(3).Doubled); sprintf "%A" (Box(3).With "u"); string (Box(1).Auto + Box<int>.Shared)
      string (seven 1); string (twelve 1); string (curried 2); string (``should fail (without .dots & such).`` 2); string (``a.b`` 2)
      string ((new ``Type with spaces``()).``say it.`` 2); string (``A module, (named)``.``x.y``.Length)
      string a; b.Length |> string; string lazily.Value; string table[1]
      (set_thing 3; string (get_thing ())); string (3 <+> 4); string %%4; string (1 +. 2); string (addAll { Amount = 1 } { Amount = 2 }).Amount
      string (int { Amount = 3 }); string (area 2.0<m> 3.0<m>); string Shape.Unit; sprintf "%A" [ Circle 2.0; Square 1.0; Nothing ]
      string (compare { Left = 1; Right = 2 } { Left = 1; Right = 3 }); string (One 1 = Two "b")
      (try raise (Failed("f", 1)) with Failed(s, _) -> s)
      sprintf "%A" (built ()); sprintf "%A" (operated ()); string (sequences 5); string (Async.RunSynchronously(later 1)); string (tasked(1).Result); string (background(1).Result)
      objects (); string (Mutual.Inner.walk (Mutual.make 1)); partial (); string (quoted ()); string (reflected 1)
      string (o.Run(1)); string (o.Run(1, 2, "z")); string ok; s; string (Optional.Many(1, 2)); string (o.Curried 1 2 (3, 4)); string (o[1, 2] + o.Named 3 + o.Prop)
      anonymous (); string (usesInline 2); sprintf "%A" (generic (fun x -> x + 1) [ 1; 2 ]); string (delegates ()); string (matches 8 + matches 3)
      string (Derived().Run 2); Helpers.Shout("a", 2); string (makeSelf<Self> 2).V ]
    |> String.concat "\n"
