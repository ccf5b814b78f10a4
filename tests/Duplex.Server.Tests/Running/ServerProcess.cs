using System.Diagnostics;

namespace Duplex.Server.Tests.Running;

/// <summary>The real program, from its first line to its exit code.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly CancellationTokenSource _limit = new(Limit);

    private ServerProcess(Process process) => _process = process;

    public int Port { get; private set; }

    public Uri Http => new($"http://127.0.0.1:{Port}");

    public Uri WebSocket => new($"ws://127.0.0.1:{Port}/connection/websocket");

    /// <summary>Cancelled when a test takes longer than any may.</summary>
    public CancellationToken Token => _limit.Token;

    /// <summary>Runs <c>serve</c> on a free port until disposal, and returns when it listens.</summary>
    public static async Task<ServerProcess> ServeAsync(string? configuration = null, params (string Name, string Value)[] environment)
    {
        string[] file = configuration is null ? [] : ["--config", TemporaryFile(configuration)];
        var server = new ServerProcess(Start(["serve", "--port", "0", .. file], environment));
        try
        {
            server.Port = await server.ReadPortAsync();
            return server;
        }
        catch
        {
            // Nobody else knows of the process yet.
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] args, params (string Name, string Value)[] environment)
    {
        await using var server = new ServerProcess(Start(args, environment));
        var output = server._process.StandardOutput.ReadToEndAsync(server.Token);
        var error = server._process.StandardError.ReadToEndAsync(server.Token);
        await server._process.WaitForExitAsync(server.Token);
        return (server._process.ExitCode, await output, await error);
    }

    public static string TemporaryFile(string content)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("duplex").FullName, "config.json");
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Sends a signal, such as <c>HUP</c>.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(Token);
    }

    /// <summary>Reads the log until a line holds a text.</summary>
    public async Task LogsAsync(string text)
    {
        var line = await _process.StandardOutput.ReadLineAsync(Token);
        while (line?.Contains(text, StringComparison.Ordinal) == false) line = await _process.StandardOutput.ReadLineAsync(Token);
        Assert.NotNull(line);
    }

    /// <summary>Asks the server to stop, as a supervisor does, and returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync(Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _limit.Dispose();
    }

    private async Task<int> ReadPortAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync(Token);
        while (line is not null && !line.StartsWith("Duplex listens on ", StringComparison.Ordinal)) line = await _process.StandardOutput.ReadLineAsync(Token);
        if (line is null) Assert.Fail(await _process.StandardError.ReadToEndAsync(Token));
        return new Uri(line.Split(' ')[3].TrimEnd(';')).Port;
    }

    private static Process Start(string[] args, (string Name, string Value)[] environment)
    {
        // nohup and some service managers start what they run with SIGHUP ignored, which the server would inherit.
        string[] command = ["--default-signal=HUP", Path.Combine(AppContext.BaseDirectory, "Duplex.Server"), .. args];
        var start = new ProcessStartInfo("/usr/bin/env", command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
