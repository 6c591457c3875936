namespace Scenarios;

/// <summary>What a program may do to the place where its profile will be written.</summary>
static class Surroundings
{
    public static int ChangeDirectory(string path)
    {
        Directory.SetCurrentDirectory(path);
        return 0;
    }

    public static int WaitForInput()
    {
        Console.WriteLine("waits");
        Console.ReadLine();
        return 0;
    }

    /// <summary>Works as often as a line says, until there is none; 0 begins a measurement that never ends.</summary>
    public static int Serve()
    {
        Console.WriteLine("serves");
        while (Console.ReadLine() is { } line)
        {
            if (line == "0")
                ProfilerWeaver.Profile.Measure(ProfilerWeaver.Extent.All);
            for (var i = int.Parse(line); i > 0; i--)
                Work.Do();
            Console.WriteLine("done");
        }
        return 0;
    }

    public static int FillDisk(string path)
    {
        using var file = File.Create(path);
        try
        {
            while (true)
                file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            Console.WriteLine("full");
            return 0;
        }
    }
}
