using System.Globalization;
using Starting;

namespace LoadTool.Measuring;

/// <summary>Processor time and resident memory of the server under test, from /proc.</summary>
internal sealed class ServerProcess(int id)
{
    private const double TicksPerSecond = 100;
    private const long PageKiB = 4;

    /// <exception cref="UsageException">There is no such process.</exception>
    public static ServerProcess Of(int id) =>
        Directory.Exists($"/proc/{id}") ? new ServerProcess(id) : throw new UsageException($"--pid: there is no process {id}.");

    public (double User, double Kernel) ProcessorSeconds()
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        // The command's name may contain spaces: fields are counted after its closing parenthesis.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Ticks(fields[11]), Ticks(fields[12]));
    }

    public long ResidentKiB() =>
        long.Parse(File.ReadAllText($"/proc/{id}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * PageKiB;

    private static double Ticks(string field) => long.Parse(field, CultureInfo.InvariantCulture) / TicksPerSecond;
}
