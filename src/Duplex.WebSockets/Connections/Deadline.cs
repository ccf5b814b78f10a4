using Duplex.Execution;
using Duplex.Protocol.Closing;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// The timer behind a connection's time-outs, and what else few connections need; made when it is first needed, so an idle
/// connection does not pay for it.
/// </summary>
internal sealed class Deadline(ProtocolConnection connection) : ShardTimer
{
    /// <summary>What is waited for.</summary>
    public ProtocolWait Wait { get; private set; }

    /// <summary>The end that is due while <see cref="ConnectionState.Answering"/>.</summary>
    public ConnectionEnd DeferredEnd { get; set; }

    /// <summary>Bytes that arrived while receiving was paused.</summary>
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
