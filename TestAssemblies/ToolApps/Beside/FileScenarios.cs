using System.IO.Compression;
using System.IO.MemoryMappedFiles;
using System.Text;
using static Program;

static class FileScenarios
{
    static readonly DateTime Then = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    static string Data => PathOf("data.txt");

    public static void Length_and_attributes()
    {
        var file = new FileInfo(Data);
        Print($"{file.Length} {file.Attributes} {file.LinkTarget is null} {file.UnixFileMode}");
        Print(File.ReadAllText(Data).Length);
    }

    public static void Times()
    {
        File.SetLastWriteTimeUtc(Data, Then);
        Print(new FileInfo(Data).LastWriteTimeUtc.ToString("O"));
    }

    public static void Buffer_of_the_announced_length()
    {
        using var stream = File.OpenRead(Data);
        var buffer = new byte[new FileInfo(Data).Length];
        stream.ReadExactly(buffer);
        Print(Encoding.ASCII.GetString(buffer) + stream.ReadByte());
    }

    public static void Files_are_listed_with_their_lengths()
    {
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .OrderBy(file => file.FullName, StringComparer.Ordinal))
            Print($"{file.FullName} {file.Length} {file.LinkTarget}");
    }

    public static void A_watcher_sees_a_change()
    {
        using var seen = new ManualResetEventSlim();
        using var watcher = new FileSystemWatcher(Folder, "data.txt");
        watcher.Changed += (_, e) => seen.Set();
        watcher.EnableRaisingEvents = true;
        File.WriteAllText(Data, "0123456789");
        Print(seen.Wait(20_000));
    }

    public static void A_watcher_sees_a_new_file_and_a_renamed_one()
    {
        using var seen = new CountdownEvent(2);
        using var watcher = new FileSystemWatcher(Folder, "fresh*");
        watcher.Created += (_, e) => seen.Signal();
        watcher.Renamed += (_, e) => seen.Signal();
        watcher.EnableRaisingEvents = true;
        File.WriteAllText(PathOf("fresh.txt"), "");
        File.Move(PathOf("fresh.txt"), PathOf("fresh2.txt"));
        Print(seen.Wait(20_000));
    }

    public static void Replace_with_backup()
    {
        File.WriteAllText(PathOf("new.txt"), "replaced");
        File.Replace(PathOf("new.txt"), Data, PathOf("data.bak"));
        Print(File.ReadAllText(Data) + File.ReadAllText(PathOf("data.bak")));
    }

    public static void Move_over()
    {
        File.WriteAllText(PathOf("new.txt"), "moved");
        File.Move(PathOf("new.txt"), Data, overwrite: true);
        Print(File.ReadAllText(Data));
    }

    public static void Delete()
    {
        File.Delete(Data);
        Print(File.Exists(Data));
    }

    public static void Create_exclusively()
    {
        new FileStream(PathOf("once"), FileMode.CreateNew).Dispose();
        Print(Failure(() => new FileStream(PathOf("once"), FileMode.CreateNew)));
        Print(Failure(() => new FileStream(Data, FileMode.CreateNew)));
    }

    public static void Open_exclusively()
    {
        using var first = new FileStream(Data, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Print(Failure(() => new FileStream(Data, FileMode.Open, FileAccess.ReadWrite, FileShare.None)));
    }

    public static void Open_while_a_child_has_it_exclusively()
    {
        using var child = ProcessScenarios.Begin(nameof(Hold));
        child.StandardOutput.ReadLine();
        Print(Failure(() => new FileStream(Data, FileMode.Open, FileAccess.ReadWrite, FileShare.None)));
        child.StandardInput.Close();
        child.WaitForExit();
        using var free = new FileStream(Data, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Print(free.Length);
    }

    public static void Hold()
    {
        using var held = new FileStream(Data, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Console.WriteLine("held");
        Console.ReadLine();
    }

    public static void Lock_a_range()
    {
        using var file = new FileStream(Data, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Lock(0, 4);
        file.WriteByte((byte)'x');
        file.Unlock(0, 4);
        file.Flush(flushToDisk: true);
        Print(file.Length);
    }

    public static void A_log_that_rolls()
    {
        for (var line = 0; line < 100; line++)
        {
            var log = new FileInfo(PathOf("app.log"));
            if (log.Exists && log.Length > 400)
            {
                File.Delete(PathOf("app.2.log"));
                if (File.Exists(PathOf("app.1.log")))
                    File.Move(PathOf("app.1.log"), PathOf("app.2.log"));
                File.Move(log.FullName, PathOf("app.1.log"));
            }
            File.AppendAllText(log.FullName, $"line {line}\n");
        }
        foreach (var file in Directory.GetFiles(Folder, "app*.log").Order(StringComparer.Ordinal))
            Print(file + " " + new FileInfo(file).Length);
    }

    public static void Append_and_cut()
    {
        File.AppendAllText(Data, "abc");
        using (var file = File.OpenWrite(Data))
            file.SetLength(12);
        Print(File.ReadAllText(Data));
    }

    public static void Map_and_write()
    {
        using (var map = MemoryMappedFile.CreateFromFile(Data, FileMode.Open))
        using (var view = map.CreateViewAccessor())
            view.Write(0, (byte)'M');
        Print(File.ReadAllText(Data));
    }

    public static void Map_and_grow()
    {
        using (var map = MemoryMappedFile.CreateFromFile(Data, FileMode.Open, null, 1000))
        using (var view = map.CreateViewAccessor())
            view.Write(999, (byte)'Z');
        Print(new FileInfo(Data).Length);
    }

    public static void Mode()
    {
        File.SetUnixFileMode(Data, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Print(File.GetUnixFileMode(Data));
        File.WriteAllText(PathOf("mode.txt"), "");
        Print(File.GetUnixFileMode(PathOf("mode.txt")));
    }

    public static void A_link_is_followed_to_its_real_path()
    {
        File.CreateSymbolicLink(PathOf("link"), "data.txt");
        Print(new FileInfo(PathOf("link")).ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        Print(new FileInfo(Data).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? "no link");
    }

    public static void Folders_are_made_moved_and_deleted()
    {
        Directory.CreateDirectory(PathOf("made/inner"));
        File.WriteAllText(PathOf("made/inner/file"), "x");
        Directory.Move(PathOf("made"), PathOf("moved"));
        Directory.Delete(PathOf("plugins"), recursive: true);
        Print(string.Join(' ', Directory.GetFileSystemEntries(Folder, "*", SearchOption.AllDirectories)
            .Where(entry => entry.Contains("made") || entry.Contains("moved") || entry.Contains("plugins"))));
    }

    public static void Copy_back_and_forth()
    {
        File.Copy(Data, PathOf("copy.txt"));
        File.WriteAllText(PathOf("copy.txt"), "copied");
        File.Copy(PathOf("copy.txt"), Data, overwrite: true);
        Print(File.ReadAllText(Data));
    }

    public static void An_archive_is_updated()
    {
        for (var i = 0; i < 2; i++)
        {
            using var archive = ZipFile.Open(PathOf("notes.zip"), ZipArchiveMode.Update);
            archive.CreateEntry($"note{i}").Open().Dispose();
        }
        using var read = ZipFile.OpenRead(PathOf("notes.zip"));
        Print(string.Join(' ', read.Entries.Select(entry => entry.FullName)));
    }

    public static void Missing_files_are_missing()
    {
        Print(Failure(() => File.ReadAllText(PathOf("missing.txt"))));
        Print(Failure(() => File.ReadAllText(PathOf("missing/file.txt"))));
        Print(Failure(() => File.ReadAllText(Folder)));
    }

    public static string Failure(Action action)
    {
        try
        {
            action();
            return "done";
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name} {e.HResult:x} {e.Message}";
        }
    }
}
