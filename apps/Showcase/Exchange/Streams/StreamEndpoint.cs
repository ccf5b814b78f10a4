using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.Options;
using Showcase.Visitors;

namespace Showcase.Exchange.Streams;

/// <summary>Accepts the connections of the market streams. Everybody may read them, pages of other sites too.</summary>
internal sealed class StreamEndpoint : WebSocketEndpoint
{
    private const double FiveMinutes = 5 * 60;

    private static readonly UpgradeRefusal Refused = new(429, "Your address has too many connections, or opened too many in a short time: try again later.");

    private readonly Lock _lock = new();
    private readonly StreamOptions _limits;
    private readonly StreamDirectory _directory;
    private readonly Places _places;
    private readonly Parties _addresses;
    private readonly Rates _requests;

    public StreamEndpoint(ExchangeStreams streams, IOptions<StreamOptions> options, TimeProvider time)
    {
        (_limits, _directory) = (options.Value, streams.Directory);
        _places = new Places(_limits.MaxConnections, _limits.ConnectionsPerAddress);
        _addresses = new Parties(time, new Rates { [Act.Connect] = new(_limits.AttemptsPerFiveMinutes, _limits.AttemptsPerFiveMinutes / FiveMinutes) });
        _requests = new Rates { [StreamClient.Request] = new(_limits.RequestBurst, _limits.RequestsPerSecond) };
        Options = WebSocketConnectionOptions.Default with
        {
            AllowedOrigins = ["*"],
            PingInterval = _limits.PingInterval,
            PongTimeout = _limits.PingInterval,
            MaxQueuedBytes = _limits.MaxQueuedBytes,
        };
    }

    public override WebSocketConnectionOptions Options { get; }

    public override IWebSocketHandler? Accept(in UpgradeContext context)
    {
        if (!TakeAttempt(AddressGroup.Of(context.RemoteEndPoint)) || _places.Take(context.RemoteEndPoint) is not { } leave) return null;
        var requests = new Allowance(context.Shard.Time, _requests);
        return new StreamClient(_directory, _limits, requests, StreamTarget.Of(context.Path, context.Query), leave);
    }

    public override UpgradeRefusal RefusalOf(in UpgradeContext context) => Refused;

    private bool TakeAttempt(string address)
    {
        lock (_lock) return _addresses.Find(address).Allowance.TryTake(Act.Connect, 1, out _);
    }
}
