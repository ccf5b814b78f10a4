namespace Duplex.Messaging.Brokers;

/// <summary>The receiver that an in-memory broker delivers to, and the timer that drops expired entries from the attachment on.</summary>
internal sealed class BrokerAttachment<TReceiver>(TimeProvider time, TimeSpan sweepInterval) : IDisposable
    where TReceiver : class
{
    private TReceiver? _receiver;
    private ITimer? _sweeper;

    public TReceiver Receiver => _receiver ?? throw new InvalidOperationException("The broker is not attached to a hub.");

    public void Attach(TReceiver receiver, Action sweep)
    {
        if (Interlocked.CompareExchange(ref _receiver, receiver, null) is not null)
        {
            throw new InvalidOperationException("The broker is attached to a hub already.");
        }

        _sweeper = time.CreateTimer(static state => ((Action)state!)(), sweep, sweepInterval, sweepInterval);
    }

    public void Dispose() => _sweeper?.Dispose();
}
