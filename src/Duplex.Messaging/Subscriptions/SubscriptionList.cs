namespace Duplex.Messaging.Subscriptions;

/// <summary>The subscriptions of one client, as an intrusive list: an idle client has few, and no collection. Owned by the client's shard.</summary>
internal struct SubscriptionList
{
    /// <summary>The subscription that was made last; the others follow by <see cref="Subscription.NextOfClient"/>.</summary>
    public Subscription? First { get; private set; }

    public int Count { get; private set; }

    public readonly Subscription? Find(string channel)
    {
        var subscription = First;
        while (subscription is not null && !string.Equals(subscription.Channel, channel, StringComparison.Ordinal))
        {
            subscription = subscription.NextOfClient;
        }

        return subscription;
    }

    public void Add(Subscription subscription)
    {
        subscription.NextOfClient = First;
        First = subscription;
        Count++;
    }

    /// <summary>Removes a subscription; one that is not in the list changes nothing.</summary>
    public void Remove(Subscription subscription)
    {
        if (ReferenceEquals(First, subscription))
        {
            First = subscription.NextOfClient;
        }
        else
        {
            var before = First;
            while (before is not null && !ReferenceEquals(before.NextOfClient, subscription)) before = before.NextOfClient;
            if (before is null) return;
            before.NextOfClient = subscription.NextOfClient;
        }

        subscription.NextOfClient = null;
        Count--;
    }
}
