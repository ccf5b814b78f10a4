using System.Text.Json;
using Duplex.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Lines;
using Showcase.Sports;
using Showcase.Sports.Matches;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Sports;

/// <summary>The list of matches on a modem, while a match changes faster than the line carries.</summary>
public sealed class SlowListTests : IAsyncLifetime
{
    private const int Goals = 120;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private RunningShowcase _showcase = null!;
    private Line _modem = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _showcase = await RunningShowcase.StartAsync(configure: static builder => builder.Services.Configure<SportsOptions>(static options => options.Matches = 0));
        _modem = _showcase.OpenModem(bytesPerSecond: 4000);
    }

    public async ValueTask DisposeAsync()
    {
        await _modem.DisposeAsync();
        await _showcase.DisposeAsync();
    }

    [Fact]
    public async Task The_list_skips_scores_and_ends_equal_to_that_of_the_server_and_the_match_has_every_goal()
    {
        await using var scout = await _showcase.ConnectAsync("scout", Patience);
        var id = (await scout.CallAsync("sports.open", """{"home":"Reds","away":"Blues","clientId":"open-reds-1"}""")).GetProperty("match").GetString()!;
        await scout.CallAsync("sports.report", $$"""{"match":"{{id}}","clientId":"kick-off-1","type":"phase","phase":"firstHalf"}""");
        await using var list = await _showcase.ConnectAsync(limit: Patience, line: _modem);
        await using var fan = await _showcase.ConnectAsync(limit: Patience, line: _modem);
        await list.CommandAsync("subscribe", """{"channel":"scores:live","type":1,"phase":2,"limit":100}""");
        await fan.SubscribeAsync($"match:{id}");

        await ScoreAsync(id);

        var received = 1;
        JsonElement last;
        while (GoalsOf(last = await list.PublicationAsync("scores:live")) < Goals) received++;
        var page = await _showcase.Services.GetRequiredService<IHub>().Maps.ReadStateAsync("scores:live", cancellationToken: Token);
        Assert.Equal(JsonElement.Parse(page.Entries.Single(entry => entry.Key == id).Data.Span).GetRawText(), last.GetRawText());
        var skipped = (await list.CallAsync("duplex.subscription", """{"channel":"scores:live"}""")).GetProperty("skipped").GetInt32();
        Assert.True(skipped > 0);
        Assert.Equal(Goals, received + skipped);

        // What happened is never skipped.
        for (var goal = 1; goal <= Goals; goal++) Assert.Equal(goal + 1, (await fan.PublicationAsync($"match:{id}")).GetProperty("seq").GetInt32());
    }

    private static int GoalsOf(JsonElement entry) => entry.GetProperty("score")[0].GetInt32();

    private async Task ScoreAsync(string id)
    {
        var feed = _showcase.Services.GetRequiredService<SportsFeed>();
        for (var goal = 0; goal < Goals; goal++)
        {
            using var turn = await feed.EnterAsync();
            var match = feed.League.Fixtures[id].Match;
            await feed.PublishAsync(match, match.Add(new IncidentDraft(IncidentType.Goal, Side: 0, Player: 9), feed.Now));
        }
    }
}
