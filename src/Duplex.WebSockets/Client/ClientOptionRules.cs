using Duplex.Configuration;
using Duplex.WebSockets.Hosting;

namespace Duplex.WebSockets.Client;

/// <summary>Validates a client's options and derives those of its connection.</summary>
internal static class ClientOptionRules
{
    /// <exception cref="ArgumentException">A value is out of its range; the message lists every fault.</exception>
    public static void Check(WebSocketClientOptions options)
    {
        var faults = new OptionFaults("");
        faults.CheckRanges(options);
        if (options.PongTimeout > options.PingInterval)
            faults.Add(nameof(options.PongTimeout), options.PongTimeout, $"at most {nameof(options.PingInterval)}, which is {TimeText.Constant(options.PingInterval.Value)}");
        if (options.Proxy is { } proxy && (!proxy.IsAbsoluteUri || proxy.Scheme != Uri.UriSchemeHttp))
            faults.Add(nameof(options.Proxy), proxy, "an address that begins with http://");
        faults.ThrowIfAny();
        UpgradeRequestWriter.Check(options);
    }

    public static WebSocketConnectionOptions ForConnection(WebSocketClientOptions options) => new()
    {
        MaxMessageBytes = options.MaxMessageBytes,
        MaxFragments = options.MaxFragments,
        MessageTimeout = options.MessageTimeout,
        CloseTimeout = options.CloseTimeout,
        PingInterval = options.PingInterval,
        PongTimeout = options.PongTimeout,
        SendHighWaterBytes = options.SendHighWaterBytes,
        // Sends wait for room, so the queue exceeds the high-water mark by one message at most.
        MaxQueuedBytes = null,
    };
}
