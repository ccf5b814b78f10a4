using System.Net.WebSockets;
using System.Text.Json;
using Showcase.Board.Market;
using Showcase.Lines;
using Showcase.Tests.Wire;
using Showcase.Visitors;

namespace Showcase.Tests.Board;

/// <summary>The 30 busiest instruments on a line that carries a small part of their quotes.</summary>
public sealed class SlowReaderTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Busiest = JsonSerializer.Serialize(
        Universe.All.OrderBy(static instrument => instrument.Interval).Take(30).Select(static instrument => instrument.Symbol));

    private static readonly string UserChannel = $"board-user:#{Visitor.UserOf("ada".PadRight(32, '.'))}";

    private RunningShowcase _showcase = null!;
    private Line _modem = null!;

    public async ValueTask InitializeAsync()
    {
        _showcase = await RunningShowcase.StartAsync();
        _modem = _showcase.OpenModem(bytesPerSecond: 4000);
    }

    public async ValueTask DisposeAsync()
    {
        await _modem.DisposeAsync();
        await _showcase.DisposeAsync();
    }

    [Fact]
    public async Task A_reader_of_the_latest_prices_skips_most_and_does_not_fall_behind()
    {
        await using var reader = await _showcase.ConnectAsync("ada", Patience, _modem);
        await SubscribeAsync(reader, "board:all");

        // What was sent before the delay of the line was known is under way first.
        for (var number = 0; number < 100; number++) await reader.PublicationAsync("board:all");
        var ages = new List<long>();
        while (ages.Count < 400)
        {
            var quote = await reader.PublicationAsync("board:all");
            ages.Add(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - quote.GetProperty("t").GetInt64());
        }

        ages.Sort();
        var status = await reader.CallAsync("duplex.subscription", """{"channel":"board:all"}""");
        TestContext.Current.TestOutputHelper?.WriteLine($"Age p50 {ages[200]} ms, p95 {ages[380]} ms; {status}");
        Assert.True(status.GetProperty("skipped").GetInt64() > 500, status.GetRawText());

        // By then a queue would deliver quotes of ten seconds ago.
        Assert.InRange(ages[200], 0, 5000);
    }

    [Fact]
    public async Task A_reader_whose_quotes_are_queued_is_disconnected_with_3008()
    {
        await using var left = await _showcase.ConnectAsync("ada", Patience);
        await left.SubscribeAsync(UserChannel);
        await using var reader = await _showcase.ConnectAsync("ada", Patience, _modem);
        await reader.SubscribeAsync("board-queued:all");

        // The close frame is behind what the line holds: it passes when the server has disconnected the reader.
        await left.PublicationAsync(UserChannel, static data => data.TryGetProperty("left", out _));
        _modem.Settings = new LineSettings();
        await reader.ClosedAsync();

        Assert.Equal((WebSocketCloseStatus)3008, reader.CloseStatus);
    }

    private static async Task SubscribeAsync(ProtocolClient reader, string channel) => await reader.CommandAsync(
        "subscribe", $$"""{"channel":"{{channel}}","data":{"symbols":{{Busiest}} },"tf":{"key":"symbol","cmp":"in","vals":{{Busiest}} } }""");
}
