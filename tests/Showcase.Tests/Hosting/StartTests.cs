using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace Showcase.Tests.Hosting;

/// <summary>A showcase that cannot start says why in one sentence and ends with exit code 1.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("showcase");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await FailsAsync($"127.0.0.1:{port}", "--port", $"{port}", "--data", _data.FullName);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_refused() =>
        await FailsAsync("--urls", "--urls", "http://192.0.2.1:0", "--data", _data.FullName);

    [Fact]
    public async Task Urls_that_are_none_are_refused() =>
        await FailsAsync("nonsense", "--urls", "nonsense", "--data", _data.FullName);

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(_data.FullName, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        await FailsAsync(file, "--port", "0", "--data", file);
    }

    [Fact]
    public async Task A_damaged_database_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_data.FullName, "rooms.db"), new string('x', 8192), TestContext.Current.CancellationToken);
        await FailsAsync("rooms.db is damaged", "--port", "0", "--data", _data.FullName);
    }

    [Fact]
    public async Task A_locked_database_is_named()
    {
        await using var other = new SqliteConnection($"Data Source={Path.Combine(_data.FullName, "rooms.db")};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = other.CreateCommand();
        command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE held (id INTEGER); BEGIN EXCLUSIVE;";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await FailsAsync("locked by another process", "--port", "0", "--data", _data.FullName);
    }

    [Theory]
    [InlineData(48)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task A_system_that_gives_too_few_descriptors_is_named(int limit) => await EndsAsync(
        "ulimit -n", "/bin/sh", "-c", $"ulimit -n {limit}; exec '{Program}' --port 0 --data '{_data.FullName}'");

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Showcase");

    private static Task FailsAsync(string named, params string[] args) => EndsAsync(named, Program, ["--market-rate", "off", .. args]);

    private static async Task EndsAsync(string named, string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.Empty(await output);
    }
}
