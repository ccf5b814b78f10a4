using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Origins;

namespace Duplex.WebSockets.Hosting;

/// <summary>
/// Limits and choices of a WebSocket endpoint or client. The defaults are safe for a public server. Immutable:
/// share one instance between connections. A time is above zero; <see cref="Timeout.InfiniteTimeSpan"/> means without
/// bound, and so does what nobody lives to see, such as <see cref="TimeSpan.MaxValue"/>.
/// </summary>
public sealed record WebSocketConnectionOptions
{
    // Made from the values when first asked for; a copy with other values makes its own.
    private MessageLimits? _limits;
    private OriginPolicy? _origins;

    /// <summary>The defaults.</summary>
    public static WebSocketConnectionOptions Default { get; } = new();

    /// <summary>Largest message accepted, in bytes after reassembly and inflation. Default 65,536. Larger ones close 1009.</summary>
    public int MaxMessageBytes { get; init => (field, _limits) = (value, null); } = MessageLimits.Default.MaxMessageBytes;

    /// <summary>Most fragments of one message accepted. Default 4,096. More close 1008.</summary>
    public int MaxFragments { get; init => (field, _limits) = (value, null); } = MessageLimits.Default.MaxFragments;

    /// <summary>Time from a message's first byte to its last. Default 30 s; longer closes 1008.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time from our close frame to the peer's, and then to the end of the transport. Default 5 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between pings. Default 25 s, which keeps most proxies' idle time-outs (60 s and up) from firing.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Time after a ping within which anything must arrive, or the peer is taken for dead. Default 10 s; at most
    /// <see cref="PingInterval"/>.
    /// </summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Queued bytes above which a connection says that it is not writable. Default 65,536. It is writable again below half of it.</summary>
    public int SendHighWaterBytes { get; init; } = 64 * 1024;

    /// <summary>Queued bytes above which the next message drops the connection as a slow consumer; one message may be larger by itself. Default 1 MiB. Control frames do not count.</summary>
    public int SendLimitBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Origins from which browsers may connect: <c>https://example.org</c>, <c>https://*.example.org</c>,
    /// <c>capacitor://localhost</c>, <c>null</c>, or <c>*</c> for all. Empty, the default, means the host that the request names. Requests without an Origin
    /// field do not come from browsers and are let in. RFC 6455 section 10.2.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init => (field, _origins) = (value, null); } = [];

    /// <summary>Subprotocols spoken here. The client's order of preference decides. Default none. RFC 6455 section 1.9.</summary>
    public IReadOnlyList<string> Subprotocols { get; init; } = [];

    /// <summary>Whether a request that offers none of <see cref="Subprotocols"/> is refused with 400. Default false: it connects without one.</summary>
    public bool RequireSubprotocol { get; init; }

    /// <summary>permessage-deflate, or null, the default: nothing is compressed. RFC 7692.</summary>
    public DeflateOptions? Compression { get; init; }

    /// <summary>Checks the values; endpoints do so when they are mapped.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or an origin is none; the message says which, and what to write.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMessageBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxFragments);
        ArgumentOutOfRangeException.ThrowIfNegative(SendHighWaterBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(SendLimitBytes);
        CheckTime(MessageTimeout, nameof(MessageTimeout));
        CheckTime(CloseTimeout, nameof(CloseTimeout));
        CheckTime(PingInterval, nameof(PingInterval));
        CheckTime(PongTimeout, nameof(PongTimeout));
        if (PingInterval != Timeout.InfiniteTimeSpan && PongTimeout != Timeout.InfiniteTimeSpan && PongTimeout > PingInterval)
            throw new ArgumentException($"{nameof(PongTimeout)} ({PongTimeout}) must be at most {nameof(PingInterval)} ({PingInterval}).");
        _ = Origins;
    }

    internal MessageLimits MessageLimits => _limits ??= new MessageLimits { MaxMessageBytes = MaxMessageBytes, MaxFragments = MaxFragments };

    internal OriginPolicy Origins => _origins ??= new OriginPolicy(AllowedOrigins);

    private static void CheckTime(TimeSpan time, string name)
    {
        if (time > TimeSpan.Zero || time == Timeout.InfiniteTimeSpan) return;
        throw new ArgumentOutOfRangeException(name, time, $"{name} must be above zero, or Timeout.InfiniteTimeSpan for no bound.");
    }
}
