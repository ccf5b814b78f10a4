using Duplex.Configuration;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;

namespace Duplex.Messaging.Channels;

/// <summary>
/// How the channels of a namespace behave. A channel <c>chat:room-1</c> belongs to the namespace <c>chat</c>; a
/// channel without a colon belongs to the namespace with the empty name. Read when the hub starts.
/// </summary>
public sealed class NamespaceOptions
{
    /// <summary>What subscriptions deliver. Default: a stream. Clients that ask for something else are refused with 103.</summary>
    public SubscriptionType SubscriptionType { get; set; }

    /// <summary>How keys are polled, where <see cref="SubscriptionType"/> is <see cref="SubscriptionType.SharedPoll"/>.</summary>
    public PollOptions SharedPoll { get; } = new();

    /// <summary>How maps behave, where <see cref="SubscriptionType"/> is a kind of map.</summary>
    public MapOptions Map { get; } = new();

    /// <summary>
    /// Keeps who is in a channel, by client id, in the map whose name is this before the channel's: with
    /// <c>clients:</c> the clients of <c>game:1</c> are in <c>clients:game:1</c>, of a namespace of the type
    /// <see cref="SubscriptionType.MapClients"/>. Null: nowhere.
    /// </summary>
    public string? MapClientsPresencePrefix { get; set; }

    /// <summary>As <see cref="MapClientsPresencePrefix"/>, by user id, with the type <see cref="SubscriptionType.MapUsers"/>.</summary>
    public string? MapUsersPresencePrefix { get; set; }

    /// <summary>What may be published; other data is refused with 107. Null takes the hub's default (JSON).</summary>
    public DataFormat? DataFormat { get; set; }

    /// <summary>Publications retained per channel; with <see cref="HistoryTtl"/> it switches history on.</summary>
    /// <value>From 1 to 1,000,000 publications, or null for no history. Default null.</value>
    [NumberRange(1, 1_000_000, "publications", Null = "no history")]
    public int? HistorySize { get; set; }

    /// <summary>Lifetime of a publication in the history.</summary>
    /// <value>From 1 ms to 36,500 days, or null for no history. Default null.</value>
    [TimeRange("00:00:00.001", "36500.00:00:00", Null = "no history")]
    public TimeSpan? HistoryTtl { get; set; }

    /// <summary>Lifetime of epoch and offset after the last use of a channel's history.</summary>
    /// <value>From 1 ms to 36,500 days, or null for HubOptions.HistoryMetaTtl. Default null.</value>
    [TimeRange("00:00:00.001", "36500.00:00:00", Null = "HubOptions.HistoryMetaTtl")]
    public TimeSpan? HistoryMetaTtl { get; set; }

    /// <summary>
    /// Channels of the namespace with a history on this node: for a further one the least recently used channel loses its
    /// history, and its subscribers recover no more than they have.
    /// </summary>
    /// <value>From 1 to 2,147,483,647 channels. Default 100,000.</value>
    [NumberRange(1, int.MaxValue, "channels")]
    public int MaxHistoryChannels { get; set; } = 100_000;

    /// <summary>Keeps track of who is subscribed.</summary>
    public bool Presence { get; set; }

    /// <summary>
    /// Publishes joins and leaves to the subscribers that ask for them and may read presence: at once, but for a client that
    /// comes and goes in a loop, of which one change a second is published. Subscribers that read too slowly miss some.
    /// </summary>
    public bool JoinLeave { get; set; }

    /// <summary>Sends joins and leaves to every subscriber, asked or not.</summary>
    public bool ForceJoinLeave { get; set; }

    /// <summary>Checks the position of every subscription, so that a loss is noticed.</summary>
    public bool Positioning { get; set; }

    /// <summary>Lets subscribers ask for positioning.</summary>
    public bool AllowPositioning { get; set; }

    /// <summary>Lets every subscription recover what it missed. Needs history.</summary>
    public bool Recovery { get; set; }

    /// <summary>Lets subscribers ask for recovery.</summary>
    public bool AllowRecovery { get; set; }

    /// <summary>What is recovered. Default: the stream.</summary>
    public RecoveryMode RecoveryMode { get; set; }

    /// <summary>In cache mode, gives the latest publication to every new subscriber, asked or not.</summary>
    public bool AutoCacheRecover { get; set; }

    /// <summary>Lets users subscribe without a token or a handler.</summary>
    public bool AllowSubscribe { get; set; }

    /// <summary>Extends <see cref="AllowSubscribe"/> to anonymous clients.</summary>
    public bool AllowSubscribeForAnonymous { get; set; }

    /// <summary>Lets users publish.</summary>
    public bool AllowPublish { get; set; }

    /// <summary>Lets subscribers publish.</summary>
    public bool AllowPublishForSubscriber { get; set; }

    /// <summary>Extends <see cref="AllowPublish"/> to anonymous clients.</summary>
    public bool AllowPublishForAnonymous { get; set; }

    /// <summary>Lets users read presence.</summary>
    public bool AllowPresence { get; set; }

    /// <summary>Lets subscribers read presence.</summary>
    public bool AllowPresenceForSubscriber { get; set; }

    /// <summary>Extends <see cref="AllowPresence"/> to anonymous clients.</summary>
    public bool AllowPresenceForAnonymous { get; set; }

    /// <summary>Lets users read history.</summary>
    public bool AllowHistory { get; set; }

    /// <summary>Lets subscribers read history.</summary>
    public bool AllowHistoryForSubscriber { get; set; }

    /// <summary>Extends <see cref="AllowHistory"/> to anonymous clients.</summary>
    public bool AllowHistoryForAnonymous { get; set; }

    /// <summary>Lets the users a channel names subscribe to it: <c>dialog#1,2</c> belongs to the users 1 and 2.</summary>
    public bool AllowUserLimitedChannels { get; set; }

    /// <summary>A regular expression for the name after the namespace. Null: any printable ASCII.</summary>
    public string? ChannelPattern { get; set; }

    /// <summary>
    /// Lets subscribers ask for deltas in place of whole publications. Needs positioning, recovery, a map with a stream or
    /// shared poll, and <see cref="SlowConsumerPolicy.Disconnect"/>: whoever asks elsewhere gets whole publications.
    /// </summary>
    public bool AllowDelta { get; set; }

    /// <summary>Publishes with deltas allowed, whether the publisher asks or not.</summary>
    public bool DeltaPublish { get; set; }

    /// <summary>Lets subscribers filter publications by tags.</summary>
    public bool AllowTagsFilter { get; set; }

    /// <summary>Lets clients that offer it know a channel by a number, which makes pushes shorter.</summary>
    public bool AllowChannelCompaction { get; set; }

    /// <summary>
    /// Time that a publication waits for others, so that they leave together in one send. Saves processor time where a channel
    /// publishes often; history and the publisher's reply do not wait.
    /// </summary>
    /// <value>From 1 ms to 30 days, or null for no batches. Default null.</value>
    [TimeRange("00:00:00.001", "30.00:00:00", Null = "no batches")]
    public TimeSpan? MaxBatchDelay { get; set; }

    /// <summary>Publications after which a batch leaves before its delay is over. Needs <see cref="MaxBatchDelay"/>.</summary>
    /// <value>From 1 to 1,000,000 publications, or null for no bound. Default null.</value>
    [NumberRange(1, 1_000_000, "publications", Null = "no bound")]
    public int? MaxBatchSize { get; set; }

    /// <summary>
    /// Sends of each batch only the latest publication of each key, which for publications without keys is the last one.
    /// The others stay in history. Needs <see cref="MaxBatchDelay"/>.
    /// </summary>
    public bool BatchFlushLatest { get; set; }

    /// <summary>What happens to clients that read too slowly. Default: they are disconnected.</summary>
    public SlowConsumerPolicy SlowConsumers { get; set; }
}
