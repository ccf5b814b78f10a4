using System.Diagnostics.Metrics;
using Duplex.WebSockets.Connections;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Diagnostics;

/// <summary>
/// The meter <c>Duplex.WebSockets</c>: <c>duplex.websocket.active_connections</c> and
/// <c>duplex.websocket.ended_connections</c> by <c>duplex.end_reason</c>. What a listener throws is logged; it is no
/// concern of the connection that is counted.
/// </summary>
internal static class ConnectionMetrics
{
    public const string MeterName = "Duplex.WebSockets";

    private static readonly Meter Meter = new(MeterName);

    private static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>(
        "duplex.websocket.active_connections", "{connection}", "WebSocket connections that are open.");

    private static readonly Counter<long> Finished = Meter.CreateCounter<long>(
        "duplex.websocket.ended_connections", "{connection}", "WebSocket connections that ended, by cause.");

    // Attribute values are words in snake case; made once, so that counting allocates nothing.
    private static readonly KeyValuePair<string, object?>[] Reasons =
        [.. Enum.GetValues<EndReason>().Select(reason => new KeyValuePair<string, object?>("duplex.end_reason", SnakeCase(reason.ToString())))];

    public static void Opened(ILogger logger)
    {
        try
        {
            Active.Add(1);
        }
        catch (Exception exception)
        {
            ConnectionLog.ListenerFailed(logger, exception);
        }
    }

    public static void Ended(EndReason reason, ILogger logger)
    {
        try
        {
            Active.Add(-1);
            Finished.Add(1, Reasons[(int)reason]);
        }
        catch (Exception exception)
        {
            ConnectionLog.ListenerFailed(logger, exception);
        }
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
