using System.Diagnostics;

namespace Duplex.Sdk.Tests;

/// <summary>The stand-alone server as a process, configured by a file as its user does it.</summary>
public sealed class StandAloneServer : IAsyncLifetime
{
    private const string Configuration = """
        {
          "http_server": { "port": 0 },
          "client": { "token": { "hmac_secret_key": "what the backend signs with" }, "allowed_origins": ["*"] },
          "http_stream": { "enabled": true },
          "sse": { "enabled": true },
          "http_api": { "key": "secret" },
          "channel": {
            "namespaces": [
              {
                "name": "chat",
                "presence": true,
                "join_leave": true,
                "history_size": 100,
                "history_ttl": "5m",
                "force_recovery": true,
                "allowed_delta_types": ["fossil"],
                "allow_tags_filter": true,
                "allow_subscribe_for_client": true,
                "allow_publish_for_subscriber": true,
                "allow_presence_for_subscriber": true,
                "allow_history_for_subscriber": true
              },
              {
                "name": "ticks",
                "pace_max_delay": "1s",
                "allow_pace_for_client": true,
                "allow_subscribe_for_client": true
              },
              {
                "name": "prices",
                "subscription_type": "shared_poll",
                "shared_poll": { "refresh_interval": "100ms", "hmac_secret_key": "poll-secret", "mode": "versioned" },
                "allow_subscribe_for_client": true
              }
            ],
            "proxy": { "shared_poll_refresh": { "endpoint": "BACKEND/poll", "timeout": "10s" } }
          },
          "rpc": { "proxy": { "endpoint": "BACKEND/rpc", "timeout": "10s" }, "without_namespace": { "proxy_enabled": true } }
        }
        """;

    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("duplex").FullName, "config.json");
    private PriceBackend _backend = null!;
    private Process _process = null!;

    public string Address { get; private set; } = "";

    /// <summary>A token for a user, as the program makes it.</summary>
    public async Task<string> TokenAsync(string user)
    {
        using var process = Start("gentoken", "--config", _file, "--user", user);
        var token = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return token.Trim();
    }

    public async ValueTask InitializeAsync()
    {
        _backend = await PriceBackend.StartAsync();
        var backend = _backend.Address.ToString().TrimEnd('/');
        await File.WriteAllTextAsync(_file, Configuration.Replace("BACKEND", backend, StringComparison.Ordinal));
        _process = Start("serve", "--config", _file, "--port", "0");
        // "Duplex listens on http://localhost:1234; clients connect to ...", after what it logs.
        var line = "";
        while (!line.StartsWith("Duplex listens on ", StringComparison.Ordinal)) line = await _process.StandardOutput.ReadLineAsync() ?? throw new EndOfStreamException();
        Address = new Uri(line.Split(' ')[3].TrimEnd(';')).Authority;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _backend.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Duplex.Server"), arguments) { RedirectStandardOutput = true })!;
}
