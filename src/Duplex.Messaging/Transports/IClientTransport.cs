using Duplex.Execution;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Transports;

/// <summary>
/// What the hub needs of a connection: here is a frame to send, close with this code. Implemented over WebSockets,
/// SSE and HTTP streams. Called on the client's shard only.
/// </summary>
public interface IClientTransport
{
    /// <summary>The transport's name as clients and metrics know it: <c>websocket</c>, <c>http_stream</c>, <c>sse</c>.</summary>
    string Name { get; }

    /// <summary>Bytes accepted that the network has not yet taken.</summary>
    long QueuedBytes { get; }

    /// <summary>
    /// False while <see cref="QueuedBytes"/> is above the high-water mark; the transport tells its client when it
    /// is true again. While false, the hub keeps frames back and applies the channel's slow-consumer policy.
    /// </summary>
    bool IsWritable { get; }

    /// <summary>Hands over a finished frame. The transport takes a reference of its own; the caller keeps its.</summary>
    void Send(SharedFrame frame);

    /// <summary>Sends what is queued, then ends the connection with this code and reason. Further calls do nothing.</summary>
    void Close(Disconnect disconnect);

    /// <summary>Drops the connection at once, unsent frames included: for when <see cref="Close"/> or a send has failed.</summary>
    void Abort();
}
