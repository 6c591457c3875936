module Scenarios.Generics

let inline sumOf (values: ^T list) : ^T = List.fold (+) LanguagePrimitives.GenericZero values

let inline square x = x * x

let inline nameOf (value: ^T) = (^T: (member Name: string) value)

let inline parse< ^T when ^T: (static member Parse: string -> ^T)> text = (^T: (static member Parse: string -> ^T) text)

type Named(name: string) =
    member _.Name = name

let inlining () =
    $"""{sumOf [ 1; 2; 3 ]} {sumOf [ 1.5; 2.5 ]} {square 7} {square 1.5m} {nameOf (Named "Ann")} {parse<int> "12"}"""

type Convert =
    static member ToText(x: int) = $"int {x}"
    static member ToText(x: string) = $"string {x}"
    static member inline Call< ^A, ^B when (^A or ^B): (static member ToText: ^B -> string)>(_: ^A, b: ^B) =
        ((^A or ^B): (static member ToText: ^B -> string) b)

let overloadsByMemberConstraint () =
    $"""{Convert.ToText 1} {Convert.ToText "a"}"""

type Tree<'T> =
    | Leaf
    | Node of left: Tree<'T> * value: 'T * right: Tree<'T>

    member this.Count =
        match this with
        | Leaf -> 0
        | Node(left, _, right) -> left.Count + 1 + right.Count

let rec insert value tree =
    match tree with
    | Leaf -> Node(Leaf, value, Leaf)
    | Node(left, other, right) when value < other -> Node(insert value left, other, right)
    | Node(left, other, right) -> Node(left, other, insert value right)

let rec toList<'T> (tree: Tree<'T>) : 'T list =
    match tree with
    | Leaf -> []
    | Node(left, value, right) -> toList left @ value :: toList right

let genericUnions () =
    let tree = List.foldBack insert [ 3; 1; 2 ] Leaf
    $"%A{toList tree} {tree.Count} {tree = tree} {hash tree = hash tree} {compare tree Leaf}"

let constrained<'T when 'T: comparison and 'T: struct> (a: 'T) (b: 'T) = if a > b then a else b

let constraints () = $"{constrained 1 2} {constrained 'x' 'a'}"

type IShape =
    static abstract Sides: int
    abstract Area: float

[<Struct>]
type Square =
    { Size: float }

    interface IShape with
        static member Sides = 4
        member this.Area = this.Size * this.Size

let describe<'T when 'T :> IShape> (shape: 'T) = $"{'T.Sides} {shape.Area}"

let staticAbstracts () = describe { Size = 1.5 }

let flexible (items: #seq<'a>) = Seq.length items

let flexibleTypes () = $"{flexible [ 1; 2 ]} {flexible [| 'a' |]}"

[<Measure>]
type m

[<Measure>]
type s

let speed (distance: float<m>) (time: float<s>) : float<m / s> = distance / time

let unitsOfMeasure () = $"{speed 100.0<m> 9.5<s>}"

type Outer<'A>(a: 'A) =
    member _.Combine<'B>(b: 'B) =
        let both () = (a, b)
        let mapped = List.map (fun c -> (a, b, c)) [ 1 ]
        $"%A{both ()} %A{mapped}"

    static member val Shared = typeof<'A>.Name

let genericClosures () = $"{Outer(1).Combine 'x'} {Outer<string>.Shared} {Outer<int>.Shared}"
