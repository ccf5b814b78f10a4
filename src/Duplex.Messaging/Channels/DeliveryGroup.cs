using Duplex.Messaging.Outbound;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Channels;

/// <summary>The subscriptions of a shard's channel that get the same bytes, as an intrusive list.</summary>
internal sealed class DeliveryGroup(Wire wire, DeliveryGroup? next)
{
    private Subscription? _head;

    // The next one a running delivery visits; removal moves it on, so that a visit may end any subscription.
    private Subscription? _cursor;

    public Wire Wire { get; } = wire;

    public DeliveryGroup? Next { get; } = next;

    public void Add(Subscription subscription)
    {
        subscription.Group = this;
        subscription.Next = _head;
        if (_head is not null) _head.Previous = subscription;
        _head = subscription;
    }

    public void Remove(Subscription subscription)
    {
        if (ReferenceEquals(_cursor, subscription)) _cursor = subscription.Next;
        if (subscription.Previous is null) _head = subscription.Next;
        else subscription.Previous.Next = subscription.Next;
        if (subscription.Next is not null) subscription.Next.Previous = subscription.Previous;
        subscription.Next = subscription.Previous = null;
        subscription.Group = null;
    }

    public void Visit<TState>(TState state, Action<Subscription, TState> visit)
    {
        for (var current = _head; current is not null; current = _cursor)
        {
            _cursor = current.Next;
            visit(current, state);
        }
    }
}
