using System.Diagnostics;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Outbound;

/// <summary>Posts deliveries of the brokers to the shards that have subscribers of the channel. Safe from any thread.</summary>
internal sealed class Fanout(ChannelTable channels, HubMetrics metrics) : IBrokerReceiver, IMapReceiver
{
    public void OnPublication(string channel, Publication publication, Publication? previous, string epoch)
    {
        metrics.Published();
        if (channels.Find(channel) is { } found)
            found.Post(new SharedPublication(found, publication, previous, epoch, HubActivities.IsObserved ? Activity.Current : null));
    }

    public void OnChange(string channel, Publication publication, Publication? previous, string epoch) =>
        OnPublication(channel, publication, previous, epoch);

    public void OnCleared(string channel)
    {
        if (channels.Find(channel) is { } found) found.Post(new SharedReset(found));
    }

    public void OnJoin(string channel, ClientInfo info)
    {
        if (channels.Find(channel) is { } found) found.Post(new SharedMembership(found, info, isJoin: true));
    }

    public void OnLeave(string channel, ClientInfo info)
    {
        if (channels.Find(channel) is { } found) found.Post(new SharedMembership(found, info, isJoin: false));
    }
}
