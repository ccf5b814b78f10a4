using Duplex.Execution;

namespace Duplex.WebSockets.Connections;

/// <summary>The timer behind a connection's time-outs; made when the first one is needed, so an idle connection has none.</summary>
internal sealed class Deadline(ProtocolConnection connection) : ShardTimer
{
    private DeadlineKind _kind;

    /// <summary>The end that <see cref="DeadlineKind.Answers"/> is waited for; kept here, where only connections that need it pay for it.</summary>
    public DeferredEnd? Deferred { get; set; }

    public void Start(DeadlineKind kind, TimeSpan due)
    {
        _kind = kind;
        connection.Shard.Schedule(this, due);
    }

    public void Stop() => connection.Shard.Cancel(this);

    protected override void OnDue() => connection.OnDeadline(_kind);

    protected override void OnFailed() => connection.Abort();
}
