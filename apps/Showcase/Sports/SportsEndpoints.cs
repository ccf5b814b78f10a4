using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Options;
using Showcase.Hosting;
using Showcase.Sports.Matches;
using Showcase.Visitors;

namespace Showcase.Sports;

/// <summary>Registers the matches and maps their channels and calls, which docs/protocol/sports.md describes.</summary>
internal static class SportsEndpoints
{
    private const int MaxLine = 200, FriendlySquad = 18;

    private static readonly Act Open = new("You are opening matches too fast"), Report = new("You are reporting too fast");

    /// <summary>Registers the matches, their options and their namespaces.</summary>
    public static DuplexBuilder AddSports(this DuplexBuilder duplex, Action<SportsOptions> configure)
    {
        duplex.Services.AddSection<SportsOptions>("Sports").Configure(configure);
        duplex.Services.AddSingleton<League>().AddBackground<SportsFeed>();
        duplex.Services.Configure<VisitorOptions>(static limits =>
        {
            (limits.Person[Open], limits.Address[Open]) = (new(5, 10.0 / 3600), new(20, 60.0 / 3600));
            (limits.Person[Report], limits.Address[Report]) = (new(10, 5), new(60, 20));
        });
        return duplex
            .AddJsonContext(SportsJson.Default)
            .AddNamespace("match", static ns =>
            {
                ns.HistorySize = 1000;
                ns.HistoryTtl = TimeSpan.FromHours(24);
                ns.Recovery = true;
                ns.MaxHistoryChannels = 1000;
            })
            .AddNamespace("goals", static ns =>
            {
                ns.HistorySize = 200;
                ns.HistoryTtl = TimeSpan.FromHours(1);
                ns.Recovery = true;
                ns.AllowTagsFilter = true;
            })
            .AddNamespace("scores", static ns =>
            {
                MapNamespaces.List(ns);
                ns.AllowPace = true;
                ns.MaxPaceDelay = TimeSpan.FromMinutes(1);
            })
            .AddNamespace("stats", static ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate)
            .AddNamespace("watching", static ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate);
    }

    /// <summary>Maps the channels and calls of the matches.</summary>
    public static void MapSports(this DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel(SportsFeed.Scores).OnSubscribe((ClientContext client, SportsFeed feed) => DecideAsync(client, feed, static _ => null));
        hub.MapChannel(SportsFeed.Goals).OnSubscribe((ClientContext client, SportsFeed feed) => DecideAsync(client, feed, static _ => null));
        hub.MapChannel(SportsFeed.Watching).OnSubscribe((ClientContext client, SportsFeed feed) => DecideAsync(client, feed, static feed => new Dictionary<string, int>(feed.Viewers)));
        hub.MapChannel("match:{id}").OnSubscribe((string id, ClientContext client, SportsFeed feed) =>
            DecideAsync(client, feed, feed => DataOf(SportsRules.Match(feed.League, id), client.User)));
        hub.MapChannel("stats:{id}").OnSubscribe((string id, ClientContext client, SportsFeed feed) =>
            DecideAsync(client, feed, feed => SportsRules.Match(feed.League, id).StatsAt(feed.Now)));

        hub.MapRpc("sports.line", async (LineParams line, ClientContext client, SportsFeed feed) =>
        {
            Visitor.Of(client);
            using var turn = await feed.EnterAsync();
            var log = SportsRules.Match(feed.League, line.Match).Match.Log;
            var (from, to) = (line.From ?? 1, Math.Min(line.To ?? int.MaxValue, log.Count));
            if (from < 1) throw new ClientException(400, "from must be a sequence number from 1.");
            return new LineResult([.. log.Select(static (entry, index) => new MatchEvent(index + 1, entry)).Take(to).Skip(from - 1).Take(MaxLine)], More: to - from >= MaxLine);
        });
        hub.MapRpc("sports.open", OpenAsync);
        hub.MapRpc("sports.report", ReportAsync);
    }

    private static async Task<SubscribeDecision> DecideAsync(ClientContext client, SportsFeed feed, Func<SportsFeed, object?> data)
    {
        Visitor.Of(client);
        using var turn = await feed.EnterAsync();
        return SubscribeDecision.Allow(data(feed));
    }

    private static async Task<OpenedResult> OpenAsync(OpenParams open, ClientContext client, SportsFeed feed, IOptions<SportsOptions> options)
    {
        var (scout, clientId) = (SportsRules.Scout(client), SportsRules.ClientId(open.ClientId));
        var (home, away) = (SportsRules.TeamName(open.Home), SportsRules.TeamName(open.Away));
        if (home == away) throw new ClientException(400, "The teams need different names.");
        using var turn = await feed.EnterAsync();
        var friendlies = feed.League.Fixtures.Values.OfType<Friendly>().ToList();
        if (friendlies.Find(friendly => friendly.Owner == scout.User && friendly.ClientId == clientId) is { } opened) return new(opened.Match.Id);
        if (friendlies.Count(friendly => friendly.Owner == scout.User) >= options.Value.FriendliesPerPerson)
            throw new ClientException(429, $"A person has at most {options.Value.FriendliesPerPerson} friendlies at a time; each is removed after {options.Value.FriendlyLife.TotalMinutes} minutes.");
        if (friendlies.Count >= options.Value.MaxFriendlies) throw new ClientException(429, "There are too many friendlies: try again later.", isTemporary: true);
        scout.Take(Open);
        var friendly = feed.League.Open(
            new(MatchKind.Friendly, "Friendlies", IsCup: false, feed.Now, Rate: 1, Squad(home), Squad(away), "A friendly, reported by a visitor."), scout.User, clientId);
        await feed.PublishScoreAsync(friendly.Match);
        return new(friendly.Match.Id);
    }

    private static async Task<MatchEvent> ReportAsync(ReportParams report, ClientContext client, SportsFeed feed)
    {
        var (scout, clientId) = (SportsRules.Scout(client), SportsRules.ClientId(report.ClientId));
        scout.Take(Report);
        using var turn = await feed.EnterAsync();
        var friendly = SportsRules.Own(feed.League, report.Match, scout.User);
        var (seq, isNew) = friendly.Report(clientId, match =>
        {
            var (now, reason) = (feed.Now, SportsRules.Reason(report.Reason));
            switch (report.Type)
            {
                case "review": return match.Correct(report.Of, IncidentState.UnderReview, reason, now);
                case "confirm": return match.Correct(report.Of, IncidentState.Active, reason, now);
                case "cancel": return match.Correct(report.Of, IncidentState.Cancelled, reason, now);
            }

            var draft = SportsRules.Draft(report, match);
            friendly.RejectRepeated(draft, now);
            return match.Add(draft, now);
        });
        var entry = friendly.Match.Log[seq - 1];
        if (isNew) await feed.PublishAsync(friendly.Match, entry);
        return new(seq, entry);
    }

    private static MatchData DataOf(Fixture fixture, string user)
    {
        var (match, info) = (fixture.Match, fixture.Match.Info);
        return new(
            match.Id, info.Kind, info.Competition, info.IsCup, info.KickOff, info.Rate, info.Home, info.Away, info.Note,
            CanReport: user.Length > 0 && fixture is Friendly friendly && friendly.Owner == user, [.. match.Log]);
    }

    private static Team Squad(string name) => new(name, [.. Enumerable.Range(1, FriendlySquad).Select(static number => new Player(number, $"Number {number}"))]);
}
