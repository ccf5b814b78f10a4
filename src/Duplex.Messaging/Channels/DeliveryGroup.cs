using Duplex.Messaging.Outbound;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Channels;

/// <summary>The subscriptions of a shard's channel that receive the same bytes, as an intrusive list.</summary>
internal sealed class DeliveryGroup(Wire wire, DeliveryGroup? next)
{
    private Subscription? _head;

    // The subscription that the running visit continues with; removal advances it, so that a visit may end any subscription.
    private Subscription? _cursor;

    // The cursors of the outer visits: the code that a visit calls may deliver to the same group.
    private List<Subscription?>? _outerCursors;
    private int _visits;

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
        for (var i = 0; i < _outerCursors?.Count; i++)
        {
            if (ReferenceEquals(_outerCursors[i], subscription)) _outerCursors[i] = subscription.Next;
        }

        if (subscription.Previous is null) _head = subscription.Next;
        else subscription.Previous.Next = subscription.Next;
        if (subscription.Next is not null) subscription.Next.Previous = subscription.Previous;
        subscription.Next = subscription.Previous = null;
        subscription.Group = null;
    }

    /// <summary>Calls <paramref name="visit"/> for each subscription that is present now and not removed before its turn. An exception ends only the client of its subscription.</summary>
    /// <returns>The number of visited subscriptions.</returns>
    public int Visit<TState>(TState state, Action<Subscription, TState> visit)
    {
        var count = 0;
        if (_visits++ > 0) (_outerCursors ??= []).Add(_cursor);
        for (var current = _head; current is not null; current = _cursor)
        {
            _cursor = current.Next;
            count++;
            try
            {
                visit(current, state);
            }
            catch (Exception exception)
            {
                current.Client.Fail(exception);
            }
        }

        if (--_visits == 0) return count;
        _cursor = _outerCursors![^1];
        _outerCursors.RemoveAt(_outerCursors.Count - 1);
        return count;
    }
}
