namespace Duplex.WebSockets.Connections;

/// <summary>The timer behind a connection's time-outs; made when the first one is needed, so an idle connection has none.</summary>
internal sealed class Deadline(ProtocolConnection connection) : OwnerTimer
{
    private DeadlineKind _kind;

    public void Start(DeadlineKind kind, TimeSpan due)
    {
        _kind = kind;
        connection.Owner.Schedule(this, due);
    }

    public void Stop() => connection.Owner.Cancel(this);

    protected internal override void OnDue() => connection.OnDeadline(_kind);

    protected internal override void OnFailed() => connection.Abort();
}
