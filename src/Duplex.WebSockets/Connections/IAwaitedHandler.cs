namespace Duplex.WebSockets.Connections;

/// <summary>
/// Represents a handler for an application that awaits messages, and may answer them after the peer has sent its close frame
/// or broken a rule. Its sends wait for room in the send queue and its inbox has a bound, so neither needs backpressure on
/// the peer.
/// </summary>
internal interface IAwaitedHandler
{
    /// <summary>The sends, which are closed before a local close frame is queued.</summary>
    AwaitedSends Sends { get; }

    /// <summary>
    /// Reports that no more messages arrive, and returns whether the end is deferred: when the application still processes a
    /// message, it may send until it requests the next one; then <see cref="WebSocketConnection.EndDeferred"/> is called on
    /// the shard.
    /// </summary>
    /// <param name="end">The end of the connection.</param>
    /// <returns>False when no message is being processed.</returns>
    bool DefersEnd(in ConnectionEnd end);
}
