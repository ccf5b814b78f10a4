using System.Globalization;
using Duplex.Messaging.Errors;
using Duplex.Testing;
using Showcase.Board;
using Showcase.Board.Market;
using Showcase.Board.Watching;

namespace Showcase.Tests.Board;

/// <summary>Alerts: they fire once, also while nobody watches and across a restart.</summary>
public sealed class AlertTests : IDisposable
{
    private static readonly Instrument Traded = Universe.All[0];

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("board");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task An_alert_fires_at_the_first_quote_that_reaches_its_price()
    {
        await using var board = await BoardHost.StartAsync(_data.FullName);
        var ada = await board.ConnectAsync("ada");
        await ada.SubscribeAsync("board:all");
        await BoardHost.WatchAsync(ada, "ada");
        var level = HighestUntil(board, TimeSpan.FromMinutes(1));
        var set = (await ada.CallAsync<AlertEvent>("board.alert", new AlertParams("alert001", Traded.Symbol, "above", level)))!.Alert;
        Assert.Equal(new Alert("alert001", Traded.Symbol, "above", level, board.Now), set);

        var fired = await FiredAsync(board, ada, TimeSpan.FromMinutes(1));

        Assert.Equal(("alert001", Traded.Symbol), (fired.Id, fired.Fired!.Symbol));
        Assert.Equal(Quotes.Text(Traded, board.Quotes.PriceAt(Traded, fired.Fired.Time)), fired.Fired.Price);
        Assert.True(decimal.Parse(fired.Fired.Price, CultureInfo.InvariantCulture) >= decimal.Parse(level, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task An_alert_fires_once_and_is_kept_across_a_restart()
    {
        Alert fired;
        var later = DateTimeOffset.MinValue;
        await using (var board = await BoardHost.StartAsync(_data.FullName))
        {
            var ada = await board.ConnectAsync("ada");
            await ada.SubscribeAsync("board:all");
            await BoardHost.WatchAsync(ada, "ada");
            await ada.CallAsync("board.alert", new AlertParams("alert001", Traded.Symbol, "above", HighestUntil(board, TimeSpan.FromSeconds(10))));
            fired = await FiredAsync(board, ada, TimeSpan.FromSeconds(10));
            later = DateTimeOffset.FromUnixTimeMilliseconds(board.Now).AddHours(2);
        }

        await using var again = await BoardHost.StartAsync(_data.FullName, later);
        var back = await again.ConnectAsync("ada");
        Assert.Equal([fired], (await BoardHost.WatchAsync(back, "ada")).Alerts);
        var quotes = await BoardReader.SubscribeAsync(again, "bob", delay: 0);
        for (var second = 0; second < 5; second++)
        {
            await again.AdvanceAsync(TimeSpan.FromSeconds(1));
            await quotes.BecomeAsync(again.Table());
        }

        await again.StopFeedAsync();
        Assert.Empty(back.TakePushes());
    }

    [Fact]
    public async Task What_the_prices_did_while_nobody_watched_fires_the_alerts_when_somebody_returns()
    {
        var now = new DateTimeOffset(2030, 1, 1, 8, 0, 0, TimeSpan.Zero);
        await using (var board = await BoardHost.StartAsync(_data.FullName, now))
        {
            var ada = await board.ConnectAsync("ada");
            // A pause is evaluated in steps of a minute.
            var level = Quotes.Text(Traded, Enumerable.Range(1, 180).Max(minute => board.Quotes.PriceAt(Traded, board.Now + (minute * 60_000L))));
            await ada.CallAsync("board.alert", new AlertParams("alert001", Traded.Symbol, "above", level));
        }

        await using var again = await BoardHost.StartAsync(_data.FullName, now.AddHours(6));
        var back = await again.ConnectAsync("ada");
        Assert.Null(Assert.Single((await BoardHost.WatchAsync(back, "ada")).Alerts).Fired);
        await back.SubscribeAsync("board:all");

        var fired = await FiredAsync(again, back);

        Assert.InRange(fired.Fired!.Time, now.ToUnixTimeMilliseconds(), now.AddHours(3).ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_removed_alert_does_not_fire_and_disappears_from_all_windows()
    {
        await using var board = await BoardHost.StartAsync(_data.FullName);
        var (here, there) = (await board.ConnectAsync("ada"), await board.ConnectAsync("ada"));
        await BoardHost.WatchAsync(there, "ada");
        await here.CallAsync("board.alert", new AlertParams("alert001", Traded.Symbol, "below", "0.01"));
        Assert.Equal("alert001", (await there.NextPublicationAsync<AlertEvent>("board-user:#ada"))!.Alert.Id);

        await here.CallAsync("board.unalert", new RemoveParams("alert001"));

        Assert.Equal(new RemovedEvent("alert001"), await there.NextPublicationAsync<RemovedEvent>("board-user:#ada"));
        Assert.Empty((await here.CallAsync<WatchData>("board.watch"))!.Alerts);

        // Removing it again is right, and says nothing to others.
        await here.CallAsync("board.unalert", new RemoveParams("alert001"));
    }

    [Fact]
    public async Task A_user_has_50_alerts_and_one_that_is_sent_again_is_the_same()
    {
        await using var board = await BoardHost.StartAsync(_data.FullName);
        var ada = await board.ConnectAsync("ada");
        for (var number = 0; number < BoardRules.MaxAlerts; number++)
        {
            await ada.CallAsync("board.alert", new AlertParams($"alert{number:D3}", Traded.Symbol, "below", "0.01"));
            await board.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        var again = await ada.CallAsync<AlertEvent>("board.alert", new AlertParams("alert000", Traded.Symbol, "below", "0.01"));
        var refused = await Assert.ThrowsAsync<ClientException>(() => ada.CallAsync("board.alert", new AlertParams("another1", Traded.Symbol, "below", "0.01")));

        Assert.Equal("alert000", again!.Alert.Id);
        Assert.Equal((400u, "You have 50 alerts, which is the maximum: remove one."), (refused.Error.Code, refused.Error.Message));
        Assert.Equal(BoardRules.MaxAlerts, (await ada.CallAsync<WatchData>("board.watch"))!.Alerts.Count);
    }

    // The highest price of the quotes in a period, so that it is reached within it.
    private static string HighestUntil(BoardHost board, TimeSpan period)
    {
        var until = board.Now + (long)period.TotalMilliseconds;
        return Quotes.Text(Traded, board.Quotes.TimesAfter(Traded, board.Now, until).Max(at => board.Quotes.PriceAt(Traded, at)));
    }

    // The feed evaluates on the thread pool, so the firing comes when it has caught up with the clock.
    private static async Task<Alert> FiredAsync(BoardHost board, TestClient client, TimeSpan period = default)
    {
        await board.AdvanceAsync(period);
        while (true)
        {
            var push = await client.NextAsync();
            if (push.Channel == "board-user:#ada" && push.Read<AlertEvent>()!.Alert is { Fired: not null } fired) return fired;
        }
    }
}
