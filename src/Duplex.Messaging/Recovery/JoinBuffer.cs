using Duplex.Messaging.Outbound;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Recovery;

/// <summary>
/// Buffers live publications that arrive while a subscription is being made. Membership is published before history is
/// read: a publication racing with the subscribe is added to this buffer instead of being lost.
/// </summary>
internal sealed class JoinBuffer
{
    // Overhead of a buffered publication besides its data, so that empty ones are bounded too.
    private const int BytesPerPublication = 256;

    private readonly List<(SharedPublication Push, ulong First)> _publications = [];
    private long _bytes;

    /// <summary>Whether the buffer exceeded its limit: the subscriber must start over.</summary>
    public bool HasOverflowed { get; private set; }

    /// <summary>The position before the first publication that is part of a stream; null when there is none.</summary>
    public StreamPosition? Before
    {
        get
        {
            foreach (var (push, first) in _publications)
            {
                if (push.Publication.Offset > 0) return new StreamPosition(first - 1, push.Epoch);
            }

            return null;
        }
    }

    public void Add(SharedPublication publication, ulong first, long maxBytes)
    {
        if (HasOverflowed) return;
        _bytes += BytesPerPublication + publication.Publication.Data.Length;
        if (_bytes > maxBytes)
        {
            HasOverflowed = true;
            Clear();
            return;
        }

        publication.Retain();
        _publications.Add((publication, first));
    }

    public void DeliverTo(Subscription subscription)
    {
        foreach (var (push, first) in _publications) SubscriptionDelivery.Deliver(subscription, push, first);
        Clear();
    }

    public void Clear()
    {
        foreach (var (push, _) in _publications) push.Release();
        _publications.Clear();
    }
}
