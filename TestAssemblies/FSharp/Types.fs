module Scenarios.Types

type Shape =
    | Point
    | Circle of radius: float
    | Rectangle of width: float * height: float

    member this.Area =
        match this with
        | Point -> 0.0
        | Circle radius -> 3.0 * radius * radius
        | Rectangle(width, height) -> width * height

    static member Unit = Rectangle(1.0, 1.0)
    override this.ToString() = $"{this.Area}"

let unions () =
    let shapes = [ Point; Circle 2.0; Rectangle(2.0, 3.0); Shape.Unit ]
    $"{shapes |> List.sumBy _.Area} {List.max shapes} {Set.ofList (shapes @ shapes) |> Set.count} {shapes[1].IsCircle}"

[<Struct>]
type Result2 =
    | Fine of value: int
    | Wrong of message: string

let structUnions () =
    let text result =
        match result with
        | Fine value -> string value
        | Wrong message -> message

    text (Fine 1) + text (Wrong "no") + string (Fine 1 = Fine 1)

type Person =
    { Name: string
      Age: int }

    member this.Older years = { this with Age = this.Age + years }
    static member Newborn name = { Name = name; Age = 0 }

let records () =
    let ann = (Person.Newborn "Ann").Older 30
    let bob = { ann with Name = "Bob" }
    $"""{ann} {ann = bob} {compare ann bob < 0} {ann.GetHashCode() = { Name = "Ann"; Age = 30 }.GetHashCode()}"""

[<Struct; CustomEquality; NoComparison>]
type Vector =
    { X: int
      Y: int }

    static member (+)(a, b) = { X = a.X + b.X; Y = a.Y + b.Y }
    static member (~-)(a) = { X = -a.X; Y = -a.Y }
    override this.Equals other = other :? Vector && (let v = other :?> Vector in v.X = this.X && v.Y = this.Y)
    override this.GetHashCode() = this.X ^^^ this.Y

let structRecords () =
    let v = { X = 1; Y = 2 } + -{ X = 5; Y = 5 }
    $"{v.X} {v.Y} {v = v} {hash v}"

let anonymousRecords () =
    let item = {| Id = 1; Tag = "x" |}
    let other = {| item with Id = 2 |}
    $"{other.Id} {other.Tag} {item = other}"

type Color =
    | Red = 1
    | Blue = 2

let enums () =
    match enum<Color> 2 with
    | Color.Red -> "red"
    | Color.Blue -> "blue"
    | other -> string other

type Expression =
    | Number of int
    | Sum of Expression * Expression
    | Product of Expression * Expression
    | Negated of Expression

let rec evaluate expression =
    match expression with
    | Number n -> n
    | Sum(a, b) -> evaluate a + evaluate b
    | Product(Number 0, _)
    | Product(_, Number 0) -> 0
    | Product(a, b) -> evaluate a * evaluate b
    | Negated inner -> -(evaluate inner)

let patternMatching () =
    let expression = Sum(Product(Number 3, Sum(Number 1, Number 2)), Negated(Product(Number 0, Number 9)))

    let kind (value: obj) =
        match value with
        | :? int as n when n > 5 -> "big"
        | :? int -> "small"
        | :? string as text -> text
        | null -> "null"
        | _ -> "other"

    let lists list =
        match list with
        | [] -> 0
        | [ _ ] -> 1
        | first :: second :: _ -> first + second

    $"""{evaluate expression} {kind 7} {kind 1} {kind "s"} {kind null} {kind 1.0} {lists [ 4; 5; 6 ]}"""

let options () =
    let half n = if n % 2 = 0 then Some(n / 2) else None
    let result = Some 12 |> Option.bind half |> Option.bind half |> Option.bind half
    $"%A{result} {Option.defaultValue -1 result} {ValueOption.isSome (ValueSome 1)}"
