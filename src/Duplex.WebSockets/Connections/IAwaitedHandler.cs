namespace Duplex.WebSockets.Connections;

/// <summary>
/// A handler behind which an application awaits messages, and may answer them after the peer has already sent its close
/// frame, or broken a rule. Its sends wait for room in the send queue and its inbox has a bound, so neither needs the peer to be
/// held up.
/// </summary>
internal interface IAwaitedHandler
{
    /// <summary>
    /// Nothing more arrives. When the application still works on a message, it may go on sending until it has come back for
    /// the next one; then <see cref="WebSocketConnection.EndDeferred"/> is called, on the shard.
    /// </summary>
    /// <param name="end">How the connection will end.</param>
    /// <returns>False when there is nothing to wait for.</returns>
    bool DefersEnd(in ConnectionEnd end);
}
