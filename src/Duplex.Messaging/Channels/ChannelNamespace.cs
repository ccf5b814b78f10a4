using System.Text.RegularExpressions;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Channels;

/// <summary>A namespace of channels: its validated options and the values derived from them.</summary>
internal sealed class ChannelNamespace
{
    private readonly bool _isInsecure;
    private readonly TimeProvider _time;

    public ChannelNamespace(string name, NamespaceOptions options, HubOptions hub, TimeProvider time)
    {
        Name = name;
        _time = time;
        _isInsecure = hub.IsInsecure;
        Options = options;
        DataFormat = options.DataFormat ?? hub.DataFormat;
        Stream = new StreamOptions(options.HistorySize ?? 0, options.HistoryTtl ?? TimeSpan.Zero, options.HistoryMetaTtl ?? hub.HistoryMetaTtl)
        {
            Namespace = name,
            MaxChannels = options.MaxHistoryChannels,
        };
        Map = MapNamespace.Of(options, Stream, hub);
        Batching = BatchPolicy.Of(options, time);
        if (options.ChannelPattern is { } pattern) Pattern = PatternOf(pattern);
    }

    public string Name { get; }

    public NamespaceOptions Options { get; }

    public StreamOptions Stream { get; }

    /// <summary>The data accepted in publications.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>Whether publications carry offsets, which ascend for every client.</summary>
    public bool HasOffsets => Stream.Size > 0 || Map is not null;

    /// <summary>Whether a slow client may miss publications.</summary>
    public bool MaySkip => Options.SlowConsumers != SlowConsumerPolicy.Disconnect;

    /// <summary>Whether every publication can be encoded for every client.</summary>
    public bool IsJson => DataFormat is DataFormat.Json or DataFormat.JsonObject;

    /// <summary>The map part of the namespace; null when its channels are streams.</summary>
    public MapNamespace? Map { get; }

    /// <summary>Whether presence is maintained as maps.</summary>
    public bool HasMapPresence => Options.MapClientsPresencePrefix is not null || Options.MapUsersPresencePrefix is not null;

    /// <summary>Whether subscribers may request deltas: a patch needs its base, which a client whose publications are dropped may lack.</summary>
    public bool AllowsDelta => Options.AllowDelta && Options.SlowConsumers == SlowConsumerPolicy.Disconnect;

    public Regex? Pattern { get; }

    /// <summary>The batching of publications; null when they are not batched.</summary>
    public BatchPolicy? Batching { get; }

    /// <summary>Returns the batching of a subscription with a pace.</summary>
    public BatchPolicy BatchingAt(SubscriptionPace pace) => new(null, pace.Delay, pace.LatestOnly, _time);

    /// <summary>Whether the channel's name lists its users and the client's user is one of them.</summary>
    public bool IsOwnedBy(Client client, string channel) =>
        Options.AllowUserLimitedChannels && new ChannelName(channel) is { IsUserLimited: true } name && name.Names(client.User);

    /// <summary>Whether the channel's name lists its users and the client's user is none of them.</summary>
    public bool IsLimitedToOthers(Client client, string channel) =>
        Options.AllowUserLimitedChannels && new ChannelName(channel).IsUserLimited && !IsOwnedBy(client, channel);

    /// <summary>Whether the options allow a client to subscribe without a token, a handler, or being listed in the channel's name.</summary>
    public bool MaySubscribe(Client client, string channel)
    {
        if (_isInsecure) return true;
        var isUserLimited = Options.AllowUserLimitedChannels && new ChannelName(channel).IsUserLimited;
        return !isUserLimited && IsFor(client, Options.AllowSubscribe, Options.AllowSubscribeForAnonymous);
    }

    public bool MayPublish(Client client, string channel) =>
        IsFor(client, Options.AllowPublish, Options.AllowPublishForAnonymous)
        || (Options.AllowPublishForSubscriber && IsSubscriber(client, channel));

    public bool MayReadPresence(Client client, string channel) =>
        IsFor(client, Options.AllowPresence, Options.AllowPresenceForAnonymous)
        || (Options.AllowPresenceForSubscriber && IsSubscriber(client, channel));

    public bool MayReadHistory(Client client, string channel) =>
        IsFor(client, Options.AllowHistory, Options.AllowHistoryForAnonymous)
        || (Options.AllowHistoryForSubscriber && IsSubscriber(client, channel));

    /// <summary>Whether a client that subscribes to a channel may read its presence.</summary>
    public bool ShowsPresenceTo(Client subscriber) =>
        Options.AllowPresenceForSubscriber || IsFor(subscriber, Options.AllowPresence, Options.AllowPresenceForAnonymous);

    /// <summary>Whether a client that subscribes to a channel may read its history.</summary>
    public bool ShowsHistoryTo(Client subscriber) =>
        Options.AllowHistoryForSubscriber || IsFor(subscriber, Options.AllowHistory, Options.AllowHistoryForAnonymous);

    /// <exception cref="ArgumentException">The text is not a regular expression.</exception>
    internal static Regex PatternOf(string text) => new(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private bool IsFor(Client client, bool isAllowed, bool isAllowedForAnonymous) =>
        _isInsecure || (isAllowed && (client.User.Length > 0 || isAllowedForAnonymous));

    private static bool IsSubscriber(Client client, string channel) =>
        client.Subscriptions.Find(channel) is { } subscription && subscription.Has(SubscriptionState.Live);
}
