using Duplex.Execution;
using Duplex.Protocol.Closing;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Represents the timer of a connection's time-outs, with further state that few connections need. It is created on first
/// use, so that an idle connection does not hold it.
/// </summary>
internal sealed class Deadline(ProtocolConnection connection) : ShardTimer
{
    /// <summary>The condition that the connection waits for.</summary>
    public ProtocolWait Wait { get; private set; }

    /// <summary>The end that is due while <see cref="ConnectionState.Answering"/>.</summary>
    public ConnectionEnd DeferredEnd { get; set; }

    /// <summary>The bytes that arrived while receiving was paused.</summary>
    public byte[]? Held { get; set; }

    public void Start(ProtocolWait wait, TimeSpan due)
    {
        Wait = wait;
        connection.Shard.Schedule(this, due);
    }

    public void Stop() => connection.Shard.Cancel(this);

    protected override void OnDue() => connection.OnDeadline(Wait);

    protected override void OnFailed() => connection.Abort();
}
