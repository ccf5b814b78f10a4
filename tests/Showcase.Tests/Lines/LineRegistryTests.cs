using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Showcase.Lines;

namespace Showcase.Tests.Lines;

public sealed class LineRegistryTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly Socket _server = SmallSocket.Listen(8);
    private readonly LineRegistry _registry;

    public LineRegistryTests() => _registry = new(Options.Create(new LineOptions { MaxLines = 6, LinesPerPerson = 4 }), _time);

    public async ValueTask InitializeAsync() => await _registry.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _registry.StopAsync(CancellationToken.None);
        _registry.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task A_person_has_four_lines_and_may_close_one_for_another()
    {
        for (var number = 1; number <= 4; number++) Assert.Null(Open($"{number}", "ada"));
        Assert.Contains("4 lines", Open("5", "ada"), StringComparison.Ordinal);
        Assert.Null(Open("6", "bob"));
        Assert.True(await _registry.CloseAsync("1"));
        Assert.Null(Open("7", "ada"));
        Assert.False(_registry.TryFind("1", out _));
        Assert.False(await _registry.CloseAsync("1"));
    }

    [Fact]
    public void All_together_have_no_more_than_the_maximum()
    {
        for (var number = 1; number <= 6; number++) Assert.Null(Open($"{number}", $"user {number}"));
        Assert.Contains("in use", Open("7", "late"), StringComparison.Ordinal);
        Assert.Equal(6, _registry.Count);
    }

    [Fact]
    public void A_maximum_of_zero_turns_lines_off()
    {
        using var registry = new LineRegistry(Options.Create(new LineOptions { MaxLines = 0 }), _time);
        Assert.Contains("turned off", registry.TryOpen("1", "", Target, new LineSettings(), out _), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_connection_and_request_is_closed_after_ten_minutes()
    {
        Open("idle", "ada");
        Open("asked", "bob");
        Open("connected", "eve");
        Assert.True(_registry.TryFind("connected", out var line));
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, line.Port, TestContext.Current.CancellationToken);
        while (line.Counts().Open == 0) await Task.Delay(1, TestContext.Current.CancellationToken);

        for (var minute = 1; minute < 10; minute++) _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, _registry.Count);
        Assert.True(_registry.TryFind("asked", out _));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.False(_registry.TryFind("idle", out _));
        Assert.True(_registry.TryFind("asked", out _));
        Assert.True(_registry.TryFind("connected", out _));
    }

    private IPEndPoint Target => (IPEndPoint)_server.LocalEndPoint!;

    private string? Open(string id, string user) => _registry.TryOpen(id, user, Target, new LineSettings(), out _);
}
