#:package Newtonsoft.Json@13.0.4
#:project Stock

using Newtonsoft.Json;
using Stock;

Console.WriteLine(JsonConvert.SerializeObject(Prices(args)));

static int[] Prices(string[] wares) => [.. wares.Select(Shelf.Price)];
