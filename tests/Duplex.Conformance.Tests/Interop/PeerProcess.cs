using System.Diagnostics;

namespace Duplex.Conformance.Tests.Interop;

/// <summary>Somebody else's implementation in a process of its own, ended with the test.</summary>
public sealed class PeerProcess : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly CancellationTokenSource _limit = new(Limit);

    private PeerProcess(Process process) => _process = process;

    public static PeerProcess Node(string script, params string[] arguments) => Start("node", "node", script, arguments);

    /// <summary>Debian's Python, for which python3-websockets is installed.</summary>
    public static PeerProcess Python(string script, params string[] arguments) => Start("/usr/bin/python3", "python", script, arguments);

    /// <summary>The next line it prints; the end of its output is an error that shows what it complained about.</summary>
    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync(_limit.Token)
        ?? throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync(_limit.Token));

    /// <summary>The port that a server says it listens on.</summary>
    public async Task<int> ReadPortAsync() =>
        int.Parse((await ReadLineAsync()).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _limit.Dispose();
    }

    private static PeerProcess Start(string program, string folder, string script, string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = Path.Combine(Repository.Root, "tests", "Duplex.Conformance.Tests", folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(script);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return new PeerProcess(Process.Start(start)!);
    }
}
