using System.Diagnostics.Metrics;
using Duplex.WebSockets.Connections;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Diagnostics;

/// <summary>
/// Defines the instruments of the meter <c>Duplex.WebSockets</c>, listed in docs/guides/monitoring.md. An exception of a
/// listener is logged and does not affect the counted connection.
/// </summary>
internal static class ConnectionMetrics
{
    public const string MeterName = "Duplex.WebSockets";

    private static readonly Meter Meter = new(MeterName);

    private static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>(
        "duplex.websocket.active_connections", "{connection}", "WebSocket connections that are open.");

    private static readonly Counter<long> Finished = Meter.CreateCounter<long>(
        "duplex.websocket.ended_connections", "{connection}", "WebSocket connections that ended, by cause.");

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "duplex.websocket.refused_handshakes", "{handshake}", "WebSocket handshakes that were refused, by status.");

    // Attribute values are in snake case and are created once, so that counting allocates nothing.
    private static readonly KeyValuePair<string, object?>[] Reasons =
        [.. Enum.GetValues<EndReason>().Select(reason => new KeyValuePair<string, object?>("duplex.websocket.end_reason", SnakeCase(reason.ToString())))];

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

    public static void Refused(int status, ILogger logger)
    {
        if (!Refusals.Enabled) return;
        try
        {
            Refusals.Add(1, new KeyValuePair<string, object?>("http.response.status_code", status));
        }
        catch (Exception exception)
        {
            ConnectionLog.ListenerFailed(logger, exception);
        }
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
