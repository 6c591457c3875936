module Scenarios.Quotations

open FSharp.Quotations
open FSharp.Quotations.Patterns
open FSharp.Linq.RuntimeHelpers

let quoted () = (<@ fun x -> x * 2 + 1 @>).ToString()

let evaluated () =
    let n = 20
    string (LeafExpressionConverter.EvaluateQuotation <@ n + 22 @>)

[<ReflectedDefinition>]
let reflected a b = a * b + 1

let definitions () =
    match <@ reflected 2 3 @> with
    | Call(_, method, arguments) ->
        let body = Expr.TryGetReflectedDefinition method
        $"{method.Name} {arguments.Length} {body.IsSome} {body.Value}"
    | other -> string other

let spliced () =
    let part = <@ 1 + 2 @>
    (<@ %part * 3 @>).ToString()

let rec private count expression =
    match expression with
    | ExprShape.ShapeVar _ -> 1
    | ExprShape.ShapeLambda(_, body) -> 1 + count body
    | ExprShape.ShapeCombination(_, parts) -> 1 + List.sumBy count parts

let traversed () = string (count <@ let f x = if x > 1 then x else 2 in f 3 @>)
