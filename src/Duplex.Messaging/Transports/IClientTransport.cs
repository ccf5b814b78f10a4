using Duplex.Execution;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Transports;

/// <summary>
/// Sends the hub's frames to a client and closes the connection with a code. Implemented over WebSockets,
/// SSE and HTTP streams. Called on the client's shard only.
/// </summary>
internal interface IClientTransport
{
    /// <summary>The transport's name in metrics and for handlers: <c>websocket</c>, <c>http_stream</c>, <c>sse</c>.</summary>
    string Name { get; }

    /// <summary>Number of accepted bytes that have not been written to the network yet.</summary>
    long QueuedBytes { get; }

    /// <summary>
    /// Whether the transport accepts frames: false while <see cref="QueuedBytes"/> is above the high-water mark. The transport notifies
    /// its client when it is true again. While false, the hub queues frames and applies the channel's slow-consumer policy.
    /// </summary>
    bool IsWritable { get; }

    /// <summary>
    /// Whether what was sent reaches the client in good time: false while it waits on the way, in a buffer of the kernel or of the network,
    /// longer than the transport allows. The transport notifies its client when it is true again. While false, the hub queues
    /// publications of the channels that may skip some, so that the client receives the newest. A transport that cannot
    /// measure it returns true.
    /// </summary>
    bool IsCaughtUp => true;

    /// <summary>Queues a complete frame. The transport retains a reference of its own; the caller keeps its reference.</summary>
    void Send(SharedFrame frame);

    /// <summary>Sends the queued frames, then ends the connection with this code and reason. Further calls do nothing.</summary>
    void Close(Disconnect disconnect);

    /// <summary>Drops the connection immediately, with unsent frames. Called when <see cref="Close"/> or a send has failed.</summary>
    void Abort();
}
