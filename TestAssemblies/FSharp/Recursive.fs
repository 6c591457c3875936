module rec Scenarios.Recursive

type Folder = { Name: string; Items: Item list }

type Item =
    | File of string
    | Sub of Folder

let size folder = List.sumBy itemSize folder.Items

let itemSize item =
    match item with
    | File name -> name.Length
    | Sub folder -> size folder

module Inner =
    let rec isEven n = n = 0 || Other.isOdd (n - 1)

module Other =
    let isOdd n = n <> 0 && Inner.isEven (n - 1)

let initialized = [ for i in 1..3 -> i * 2 ]

let modules () =
    let root = { Name = "r"; Items = [ File "abc"; Sub { Name = "s"; Items = [ File "de" ] } ] }
    $"{size root} {Inner.isEven 10} {Other.isOdd 7} %A{initialized}"

type Node(value: int) =
    member val Next: Node option = None with get, set
    member this.Sum = value + (this.Next |> Option.map (fun next -> next.Sum) |> Option.defaultValue 0)

let classes () =
    let a = Node 1
    a.Next <- Some(Node 2)
    string a.Sum
