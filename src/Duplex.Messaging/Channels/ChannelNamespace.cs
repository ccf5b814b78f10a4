using System.Text.RegularExpressions;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Channels;

/// <summary>A namespace as the hub uses it: its options, checked, and what follows from them.</summary>
internal sealed class ChannelNamespace
{
    public ChannelNamespace(string name, NamespaceOptions options, HubOptions hub, TimeProvider time)
    {
        Name = name;
        Options = options;
        var metaTtl = options.HistoryMetaTtl > TimeSpan.Zero ? options.HistoryMetaTtl : hub.HistoryMetaTtl;
        Stream = new StreamOptions(options.HistorySize, options.HistoryTtl, metaTtl);
        if (options.Recovery && !Stream.IsKept)
        {
            throw new InvalidOperationException(
                $"Namespace '{name}' has Recovery on but no history: set HistorySize and HistoryTtl.");
        }

        Batching = BatchPolicy.Of(name, options, time);
        if (options.ChannelPattern is { } pattern) Pattern = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    public string Name { get; }

    public NamespaceOptions Options { get; }

    public StreamOptions Stream { get; }

    public Regex? Pattern { get; }

    /// <summary>How publications wait for each other; null when they do not.</summary>
    public BatchPolicy? Batching { get; }

    /// <summary>Whether a client may subscribe without a token or a handler.</summary>
    public bool MaySubscribe(Client client, string channel)
    {
        if (Options.AllowUserLimitedChannels && new ChannelName(channel) is { IsUserLimited: true } name) return name.Names(client.User);
        return Options.AllowSubscribe && (client.User.Length > 0 || Options.AllowSubscribeForAnonymous);
    }

    public bool MayPublish(Client client, string channel) =>
        (Options.AllowPublish && (client.User.Length > 0 || Options.AllowPublishForAnonymous))
        || (Options.AllowPublishForSubscriber && IsSubscriber(client, channel));

    public bool MayReadPresence(Client client, string channel) =>
        (Options.AllowPresence && (client.User.Length > 0 || Options.AllowPresenceForAnonymous))
        || (Options.AllowPresenceForSubscriber && IsSubscriber(client, channel));

    public bool MayReadHistory(Client client, string channel) =>
        (Options.AllowHistory && (client.User.Length > 0 || Options.AllowHistoryForAnonymous))
        || (Options.AllowHistoryForSubscriber && IsSubscriber(client, channel));

    private static bool IsSubscriber(Client client, string channel) =>
        client.FindSubscription(channel) is { } subscription && subscription.Has(SubscriptionTraits.Live);
}
