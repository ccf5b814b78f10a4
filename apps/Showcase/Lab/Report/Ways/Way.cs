namespace Showcase.Lab.Report.Ways;

/// <summary>A way to receive the events of a run.</summary>
/// <param name="Title">The title.</param>
/// <param name="Counted">The name in the server's counts, which do not contain the hub.</param>
/// <param name="ReceiveAsync">Receives the events until it is cancelled; it connects again after an interruption.</param>
internal sealed record Way(string Title, LabWay? Counted, Func<Source, CancellationToken, Task> ReceiveAsync)
{
    /// <summary>The six ways in the order of the page's columns.</summary>
    public static IReadOnlyList<Way> All { get; } =
    [
        new("Polling, new connections", LabWay.PollClose, static (source, stop) => Polling.ReceiveAsync(source, isClosed: true, stop)),
        new("Polling, keep-alive", LabWay.Poll, static (source, stop) => Polling.ReceiveAsync(source, isClosed: false, stop)),
        new("Long polling", LabWay.LongPoll, LongPolling.ReceiveAsync),
        new("Server-sent events", LabWay.Sse, EventStream.ReceiveAsync),
        new("WebSocket, bare", LabWay.Socket, BareSocket.ReceiveAsync),
        new("WebSocket, hub", null, HubSubscription.ReceiveAsync),
    ];
}
