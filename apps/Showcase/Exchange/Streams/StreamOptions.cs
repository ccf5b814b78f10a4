using Duplex.Configuration;

namespace Showcase.Exchange.Streams;

/// <summary>The limits of the market streams.</summary>
public sealed class StreamOptions
{
    /// <summary>The maximum number of streams of a connection. Default 1,024.</summary>
    [NumberRange(1, 10_000, "streams")]
    public int MaxStreams { get; set; } = 1024;

    /// <summary>The rate of requests of a connection; one that exceeds it is closed with 1008. Default 5 per second.</summary>
    [NumberRange(1, 10_000, "requests")]
    public int RequestsPerSecond { get; set; } = 5;

    /// <summary>The number of requests that a connection may send at once, because clients subscribe to one stream with each. Default 200.</summary>
    [NumberRange(1, 100_000, "requests")]
    public int RequestBurst { get; set; } = 200;

    /// <summary>The number of connections that an address may open in five minutes. Default 300.</summary>
    [NumberRange(1, 1_000_000, "connections")]
    public int AttemptsPerFiveMinutes { get; set; } = 300;

    /// <summary>The maximum number of open connections of all addresses. Default 2,000.</summary>
    [NumberRange(1, 100_000, "connections")]
    public int MaxConnections { get; set; } = 2000;

    /// <summary>The maximum number of open connections per address. Default 300.</summary>
    [NumberRange(1, 100_000, "connections")]
    public int ConnectionsPerAddress { get; set; } = 300;

    /// <summary>The age at which a connection is closed. Default 24 hours.</summary>
    [TimeRange("00:00:00.100", "30.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The time between pings; a connection that sends nothing within the same time after one is dropped. Default 20 s.</summary>
    [TimeRange("00:00:00.100", "01:00:00")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The queue of a slow connection, beyond which it is dropped. Default 1,048,576 bytes.</summary>
    [NumberRange(1024, int.MaxValue, "bytes")]
    public int MaxQueuedBytes { get; set; } = 1024 * 1024;
}
