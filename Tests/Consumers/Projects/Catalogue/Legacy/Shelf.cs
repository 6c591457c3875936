using System.Collections.Generic;

namespace Legacy
{
    public class Shelf
    {
        readonly List<string> books = new List<string>();

        public int Count => books.Count;

        public void Add(string title) => books.Add(Trim(title));

        static string Trim(string title) => title.Trim();
    }
}
