using System.Text.Json;
using Showcase.Exchange;
using Showcase.Exchange.Simulation;
using Showcase.Exchange.Wire;

namespace Showcase.Tests.Exchange;

/// <summary>A venue with time in hand, and two traders: Alice and Bob.</summary>
internal sealed class VenueFixture
{
    public const long Start = 1_790_000_000_000;
    public const string Alice = "alice", Bob = "bob", Home = "192.0.2.1";

    public VenueFixture(MarketRate rate = MarketRate.Off, Action<ExchangeOptions>? configure = null)
    {
        var options = new ExchangeOptions { Rate = rate };
        configure?.Invoke(options);
        Venue = new Venue(options, Start);
        Venue.Accounts.Enter(Alice, Home, Start);
        Venue.Accounts.Enter(Bob, Home, Start);
    }

    public Venue Venue { get; }

    public long Now { get; private set; } = Start;

    /// <summary>Lets time pass in turns of 50 ms and returns what was published.</summary>
    public List<(string Channel, JsonElement Message)> Advance(TimeSpan time)
    {
        var published = new List<(string, JsonElement)>();
        for (var end = Now + (long)time.TotalMilliseconds; Now < end;)
        {
            Now += 50;
            Venue.Advance(Now);
            published.AddRange(Published());
        }

        return published;
    }

    public List<(string Channel, JsonElement Message)> Published()
    {
        var published = new List<(string, JsonElement)>();
        while (Venue.Outbox.TryTake(out var message))
            published.Add((message.Channel, JsonElement.Parse(message.Message)));
        return published;
    }

    public PlacedResult Limit(string user, string side, string price, string quantity) =>
        Venue.Place(user, new PlaceOrderParams("SOLUSDT", side, "limit", price, quantity, null, null, null), Now);

    public PlacedResult Market(string user, string side, string quantity) =>
        Venue.Place(user, new PlaceOrderParams("SOLUSDT", side, "market", null, quantity, null, null, null), Now);
}
