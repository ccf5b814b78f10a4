using Duplex.WebSockets.Hosting;

namespace Duplex.WebSockets.Client;

/// <summary>What a client's options must obey, and what they come to for its connection.</summary>
internal static class ClientOptionRules
{
    // What every timer underneath can count.
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(24);

    /// <exception cref="ArgumentException">A value is out of range; the message names the option.</exception>
    public static void Check(WebSocketClientOptions options)
    {
        AtLeast(options.MaxMessageBytes, 0, nameof(options.MaxMessageBytes));
        AtLeast(options.MaxFragments, 1, nameof(options.MaxFragments));
        AtLeast(options.ReceiveQueueBytes, 1, nameof(options.ReceiveQueueBytes));
        AtLeast(options.SendQueueBytes, 1, nameof(options.SendQueueBytes));
        InRange(options.ConnectTimeout, nameof(options.ConnectTimeout));
        InRange(options.PingInterval, nameof(options.PingInterval));
        InRange(options.PongTimeout, nameof(options.PongTimeout));
        InRange(options.MessageTimeout, nameof(options.MessageTimeout));
        InRange(options.CloseTimeout, nameof(options.CloseTimeout));
        if (options.PingInterval != Timeout.InfiniteTimeSpan && options.PongTimeout >= options.PingInterval)
            throw Refused($"{nameof(options.PongTimeout)} is {options.PongTimeout}, and must be less than {nameof(options.PingInterval)}, which is {options.PingInterval}.");
        if (options.Proxy is { } proxy && (!proxy.IsAbsoluteUri || proxy.Scheme != Uri.UriSchemeHttp))
            throw Refused($"{nameof(options.Proxy)} is {proxy}: the proxy's address begins with http://.");
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
        SendHighWaterBytes = options.SendQueueBytes,
        // Sends wait for room, so the queue holds one message above the high-water mark at most.
        SendLimitBytes = int.MaxValue,
    };

    private static void AtLeast(int value, int least, string name)
    {
        if (value < least) throw Refused($"{name} is {value}, and must be {least} or more.");
    }

    private static void InRange(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan && (time <= TimeSpan.Zero || time > LongestTime))
            throw Refused($"{name} is {time}, and must be more than zero and at most {LongestTime.Days} days, or Timeout.InfiniteTimeSpan.");
    }

    private static ArgumentException Refused(string message) => new(message);
}
