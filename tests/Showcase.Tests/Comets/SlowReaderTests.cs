using System.Text.RegularExpressions;
using Showcase.Lines;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Comets;

/// <summary>A spectator on a line that carries a small part of the snapshots.</summary>
public sealed partial class SlowReaderTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private RunningShowcase _showcase = null!;
    private Line _modem = null!;

    public async ValueTask InitializeAsync()
    {
        _showcase = await RunningShowcase.StartAsync();
        _modem = _showcase.OpenModem(bytesPerSecond: 2000);
    }

    public async ValueTask DisposeAsync()
    {
        await _modem.DisposeAsync();
        await _showcase.DisposeAsync();
    }

    [Fact]
    public async Task A_slow_reader_skips_snapshots_and_receives_every_event_once_in_order()
    {
        await using var ada = await _showcase.ConnectAsync("ada", Patience);
        await ada.SubscribeAsync("arena:hydra");
        await using var reader = await _showcase.ConnectAsync(limit: Patience, line: _modem);
        await reader.SubscribeAsync("arena:hydra");
        await reader.SubscribeAsync("snap:hydra");
        while ((await reader.CallAsync("duplex.subscription", """{"channel":"snap:hydra"}""")).GetProperty("skipped").GetInt64() < 20)
            await reader.PublicationAsync("snap:hydra");

        var happened = new List<string>();
        for (var round = 0; round < 10; round++)
        {
            var ship = (await ada.CallAsync("game.join", """{"room":"hydra"}""")).GetProperty("ship").GetInt32();
            await ada.PublicationAsync("arena:hydra", static found => found.GetProperty("kind").GetString() == "join");
            await ada.CallAsync("game.leave", "{}");
            await ada.PublicationAsync("arena:hydra", static found => found.GetProperty("kind").GetString() == "leave");
            happened.AddRange([$"join {ship}", $"leave {ship}"]);
        }

        var last = happened[^1];
        await reader.PublicationAsync("arena:hydra", found => found.TryGetProperty("ship", out var ship) && $"{found.GetProperty("kind")} {ship}" == last);
        Assert.Equal(happened, Arrivals().Matches(reader.Received).Select(static match => $"{match.Groups[1]} {match.Groups[2]}"));
        var ticks = Ticks().Matches(reader.Received).Select(static match => int.Parse(match.ValueSpan, null)).ToList();
        Assert.Equal(ticks.Order(), ticks);
        Assert.True(ticks.Count < (ticks[^1] - ticks[0]) / 3, $"{ticks.Count} snapshots of {ticks[^1] - ticks[0]} ticks");
    }

    [GeneratedRegex("\"kind\":\"(join|leave)\",\"ship\":([0-9]+)")]
    private static partial Regex Arrivals();

    [GeneratedRegex("(?<=\"t\":)[0-9]+(?=,\"s\":)")]
    private static partial Regex Ticks();
}
