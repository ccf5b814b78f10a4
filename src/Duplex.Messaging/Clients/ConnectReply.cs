using Duplex.Messaging.Commands;

namespace Duplex.Messaging.Clients;

/// <summary>Creates the results of connect commands.</summary>
internal sealed class ConnectReply(HubClock clock, PayloadSerializer payloads, HubOptions hubOptions)
{
    /// <summary>The name and version of the server in connect and refresh replies.</summary>
    public static readonly string ServerVersion = $"{typeof(ConnectReply).Assembly.GetName().Version?.ToString(3)} Duplex";

    /// <summary>Creates the result for a client that is connected.</summary>
    /// <param name="client">The client.</param>
    /// <param name="data">The data of the handler's decision; null when there is none.</param>
    /// <param name="subscriptions">The subscriptions made with the connection.</param>
    /// <param name="ttl">Seconds until the client must refresh; 0 when it need not refresh.</param>
    public ConnectResult Create(Client client, object? data, IReadOnlyList<SubscribeResult> subscriptions, uint ttl)
    {
        var ping = client.Features.Pings ? (uint)hubOptions.PingInterval.GetValueOrDefault().TotalSeconds : 0;
        return new ConnectResult
        {
            Client = client.Id,
            Version = ServerVersion,
            Expires = ttl > 0,
            TtlSeconds = ttl,
            Data = payloads.SerializeObject(data),
            Subscriptions = subscriptions,
            PingSeconds = ping,
            Pong = ping > 0 && !client.Features.IsUnidirectional,
            Session = client.Features.Session,
            Node = client.Features.Node,
            TimeMs = hubOptions.ConnectIncludesServerTime ? clock.UtcNow.ToUnixTimeMilliseconds() : 0,
        };
    }
}
