using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Testing.Contracts;

/// <summary>A receiver that records the deliveries of a broker and can block one.</summary>
internal sealed class RecordingReceiver : IBrokerReceiver
{
    private readonly Lock _gate = new();
    private readonly List<(string Channel, Publication Publication, Publication? Previous, string Epoch)> _deliveries = [];
    private readonly List<(string Channel, string Client, bool IsJoin)> _memberships = [];
    private int _running;

    /// <summary>The action to run within each delivery of a publication.</summary>
    public Action? Within { get; set; }

    /// <summary>Whether two deliveries have overlapped in time.</summary>
    public bool HasOverlapped { get; private set; }

    public IReadOnlyList<(string Channel, string Client, bool IsJoin)> Memberships
    {
        get
        {
            lock (_gate) return [.. _memberships];
        }
    }

    public IReadOnlyList<(Publication Publication, Publication? Previous, string Epoch)> Of(string channel)
    {
        lock (_gate) return [.. _deliveries.Where(one => one.Channel == channel).Select(static one => (one.Publication, one.Previous, one.Epoch))];
    }

    public void OnPublication(string channel, Publication publication, Publication? previous, string epoch)
    {
        if (Interlocked.Increment(ref _running) > 1) HasOverlapped = true;
        Within?.Invoke();
        lock (_gate) _deliveries.Add((channel, publication, previous, epoch));
        Interlocked.Decrement(ref _running);
    }

    public void OnJoin(string channel, ClientInfo info)
    {
        lock (_gate) _memberships.Add((channel, info.Client, true));
    }

    public void OnLeave(string channel, ClientInfo info)
    {
        lock (_gate) _memberships.Add((channel, info.Client, false));
    }
}
