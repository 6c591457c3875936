using System;
using System.IO;
using Legacy;
using Microsoft.Extensions.DependencyModel;

static class Program
{
    static void Main()
    {
        var shelf = new Shelf();
        for (var i = 0; i < 3; i++)
            shelf.Add("book " + i);
        using var dependencies = new MemoryStream("{}"u8.ToArray());
        using var reader = new DependencyContextJsonReader();
        try
        {
            reader.Read(dependencies);
        }
        catch (Exception e)
        {
            Console.WriteLine(e.GetType());
        }
        Console.WriteLine(shelf.Count);
    }
}
