using Duplex.Execution;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Clients;

/// <summary>Schedules all due times of a client on one timer of its shard.</summary>
internal sealed class ClientTimer(Client client) : ShardTimer
{
    // The value of _scheduledFor after the client has left: the timer is not armed any more.
    private const long Stopped = -1;

    // The time for which the timer is armed; 0 when it is not.
    private long _scheduledFor;

    // Times on the hub's clock; 0 is never. The deadline is that of the connect command, then that of the awaited pong.
    private long _deadline;
    private long _pingAt;
    private long _expiresAt;
    private long _maintainAt;
    private long _checkAt;

    private HubClock Clock => client.Environment.Clock;

    private HubOptions Options => client.Environment.Options;

    public void ExpectConnect()
    {
        _deadline = Clock.Now + (long)Options.StaleTimeout.TotalMilliseconds;
        Schedule();
    }

    public void Connected(long expiresAt)
    {
        _deadline = 0;
        _expiresAt = expiresAt;
        var now = Clock.Now;
        if (client.Features.Pings && Options.PingInterval is { } interval)
        {
            // The first ping is sent at a random time in the second half of the interval, which spreads clients that connect at once.
            var half = (long)(interval.TotalMilliseconds / 2);
            _pingAt = now + half + client.Environment.Random.NextInt64(half + 1);
        }

        Schedule();
    }

    public void Expire(long expiresAt)
    {
        _expiresAt = expiresAt;
        Schedule();
    }

    /// <summary>Schedules the presence refreshes, expiry and position checks of a new subscription.</summary>
    public void Watch(Subscription subscription)
    {
        var now = Clock.Now;
        var needsMaintenance = subscription.ExpiresAt != 0 || subscription is PollSubscription
            || subscription.Has(SubscriptionState.Presence) || subscription.Has(SubscriptionState.MapPresence);
        if (_maintainAt == 0 && needsMaintenance) _maintainAt = now + (long)Options.PresenceUpdateInterval.TotalMilliseconds;
        if (_checkAt == 0 && subscription.Has(SubscriptionState.Positioned))
        {
            _checkAt = now + (long)Options.PositionCheckInterval.TotalMilliseconds;
        }

        Schedule();
    }

    /// <summary>Schedules the maintenance of a subscription no later than <paramref name="moment"/>.</summary>
    public void MaintainBy(long moment)
    {
        _maintainAt = Earliest(_maintainAt, moment);
        Schedule();
    }

    public bool Pong()
    {
        if (_deadline == 0) return false;
        _deadline = 0;
        return true;
    }

    public void Stop()
    {
        client.Shard.Cancel(this);
        _scheduledFor = Stopped;
    }

    protected override void OnDue()
    {
        // The call was in progress when the timer was stopped.
        if (_scheduledFor == Stopped) return;
        _scheduledFor = 0;
        try
        {
            Work();
        }
        catch (Exception exception)
        {
            // A client without its timer would never be detected as lost.
            client.Fail(exception);
        }
    }

    private void Work()
    {
        var now = Clock.Now;
        if (IsDue(_deadline, now))
        {
            client.End(client.Phase == ClientPhase.Connected ? Disconnects.NoPong : Disconnects.Stale);
            return;
        }

        if (IsDue(_expiresAt, now))
        {
            _expiresAt = 0;
            client.Environment.Events.OnExpired(client);
            if (client.Phase == ClientPhase.Closed) return;
        }

        if (IsDue(_pingAt, now)) Ping(now);
        if (IsDue(_maintainAt, now)) Maintain(now);
        if (IsDue(_checkAt, now)) CheckPositions(now);
        Schedule();
    }

    private void Ping(long now)
    {
        client.Sender.SendOwned(client.Wire.EncodePing());
        _pingAt = now + (long)Options.PingInterval.GetValueOrDefault().TotalMilliseconds;
        if (!client.Features.IsUnidirectional && _deadline == 0) _deadline = now + (long)Options.PongTimeout.TotalMilliseconds;
    }

    private void Maintain(long now)
    {
        _maintainAt = 0;
        Subscription? next;
        for (var subscription = client.Subscriptions.First; subscription is not null; subscription = next)
        {
            next = subscription.NextOfClient;
            if (!subscription.Has(SubscriptionState.Live)) continue;
            client.Environment.Events.OnMaintenanceDue(subscription, now);
            if (client.Phase == ClientPhase.Closed) return;
            Watch(subscription);
        }
    }

    private void CheckPositions(long now)
    {
        _checkAt = 0;
        for (var subscription = client.Subscriptions.First; subscription is not null; subscription = subscription.NextOfClient)
        {
            if (!subscription.Has(SubscriptionState.Positioned | SubscriptionState.Live)) continue;
            _checkAt = now + (long)Options.PositionCheckInterval.TotalMilliseconds;
            if (subscription.Has(SubscriptionState.Moved)) subscription.Set(SubscriptionState.Moved, false);
            else client.Environment.Events.OnPositionCheckDue(subscription);
        }
    }

    private void Schedule()
    {
        if (_scheduledFor == Stopped) return;
        var due = Earliest(Earliest(Earliest(_deadline, _pingAt), Earliest(_expiresAt, _maintainAt)), _checkAt);
        if (due == 0 || (_scheduledFor != 0 && _scheduledFor <= due)) return;
        _scheduledFor = due;
        client.Shard.Schedule(this, TimeSpan.FromMilliseconds(Math.Max(0, due - Clock.Now)));
    }

    private static bool IsDue(long moment, long now) => moment != 0 && moment <= now;

    private static long Earliest(long left, long right) => left == 0 ? right : right == 0 ? left : Math.Min(left, right);
}
