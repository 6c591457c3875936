using System.Diagnostics;
using System.Text;
using static System.FormattableString;

namespace ProfilerWeaver.Benchmarks;

/// <summary>How long a running program takes to obey.</summary>
/// <param name="socket">Where it is told what to do.</param>
/// <param name="work">Has it do something, so that there is something to write.</param>
sealed class CommandTimes(string socket, Action work)
{
    const int Rounds = 30;
    const int PatienceInSeconds = 10;

    /// <summary>Tells it to begin and to stop recording, again and again.</summary>
    /// <returns>The milliseconds of the slowest median.</returns>
    public double Print(TextWriter output, string name)
    {
        var profile = Path.GetTempFileName();
        var times = new Dictionary<string, List<double>> { [ControlField.Status] = [], [ControlField.Start] = [], [ControlField.Stop] = [] };
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var command in times.Keys)
            {
                var start = Stopwatch.GetTimestamp();
                Tell(command, profile);
                times[command].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                work();
            }
        }
        File.Delete(profile);
        var medians = times.ToDictionary(time => time.Key, time => time.Value.Order().ElementAt(Rounds / 2));
        output.WriteLine($"  {name,-14}" + string.Join(", ", times.Select(time =>
            Invariant($"{time.Key} {medians[time.Key]:F1} (at most {time.Value.Max():F1})"))));
        return medians.Values.Max();
    }

    void Tell(string command, string profile)
    {
        var connection = LinuxSocket.Connect(socket, out _);
        LinuxSocket.Write(connection, new ControlMessage(command) { [ControlField.Output] = profile }.ToLine());
        var answer = LinuxSocket.ReadLine(connection, ControlMessage.LongestLine, PatienceInSeconds);
        _ = LinuxSocket.Close(connection);
        if (answer is null || ControlMessage.Read(answer) is not { } read || read.Word == ControlMessage.Failed)
            throw new InvalidOperationException($"{command}: " + (answer is null ? "no answer" : Encoding.UTF8.GetString(answer)));
    }
}
