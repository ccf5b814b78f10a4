using Duplex.Configuration;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;

namespace Duplex.Messaging.Channels;

/// <summary>
/// Options of the channels of a namespace. A channel <c>chat:room-1</c> belongs to the namespace <c>chat</c>; a
/// channel without a colon belongs to the namespace with the empty name. Read when the hub starts.
/// </summary>
public sealed class NamespaceOptions
{
    /// <summary>The kind of the channels' subscriptions. Default: streams. Subscriptions of another kind are refused with 103.</summary>
    public SubscriptionType SubscriptionType { get; set; }

    /// <summary>Options of shared polls; used when <see cref="SubscriptionType"/> is <see cref="SubscriptionType.SharedPoll"/>.</summary>
    public PollOptions SharedPoll { get; } = new();

    /// <summary>Options of maps; used when <see cref="SubscriptionType"/> is a kind of map.</summary>
    public MapOptions Map { get; } = new();

    /// <summary>
    /// Maintains presence by client id in a map whose name is this prefix before the channel's name: with
    /// <c>clients:</c> the clients of <c>game:1</c> are in <c>clients:game:1</c>, of a namespace of the type
    /// <see cref="SubscriptionType.MapClients"/>. Null: no such map.
    /// </summary>
    public string? MapClientsPresencePrefix { get; set; }

    /// <summary>As <see cref="MapClientsPresencePrefix"/>, by user id, in a namespace of the type <see cref="SubscriptionType.MapUsers"/>.</summary>
    public string? MapUsersPresencePrefix { get; set; }

    /// <summary>The data accepted in publications; other data is refused with 107. Null uses the hub's default (JSON).</summary>
    public DataFormat? DataFormat { get; set; }

    /// <summary>Maximum number of publications retained per channel; together with <see cref="HistoryTtl"/> it enables history.</summary>
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
    /// Maximum number of channels of the namespace with a history on this node: for a further one the least recently used channel loses its
    /// history, and its subscribers recover no more than they have.
    /// </summary>
    /// <value>From 1 to 2,147,483,647 channels. Default 100,000.</value>
    [NumberRange(1, int.MaxValue, "channels")]
    public int MaxHistoryChannels { get; set; } = 100_000;

    /// <summary>Whether the presence of subscribers is maintained. Default false.</summary>
    public bool Presence { get; set; }

    /// <summary>
    /// Whether joins and leaves are published to the subscribers that request them and may read presence. They are published at once, except
    /// for a client that repeatedly joins and leaves, of which one change per second is published. Slow subscribers miss some. Default false.
    /// </summary>
    public bool JoinLeave { get; set; }

    /// <summary>Whether joins and leaves are sent to every subscriber, requested or not. Default false.</summary>
    public bool ForceJoinLeave { get; set; }

    /// <summary>Whether the position of every subscription is checked, so that lost publications are detected. Default false.</summary>
    public bool Positioning { get; set; }

    /// <summary>Lets subscribers request positioning. Default false.</summary>
    public bool AllowPositioning { get; set; }

    /// <summary>Whether every subscription recovers missed publications. Requires history. Default false.</summary>
    public bool Recovery { get; set; }

    /// <summary>Lets subscribers request recovery. Default false.</summary>
    public bool AllowRecovery { get; set; }

    /// <summary>The publications that are recovered. Default: the stream.</summary>
    public RecoveryMode RecoveryMode { get; set; }

    /// <summary>Whether every new subscriber receives the latest publication in cache mode, requested or not. Default false.</summary>
    public bool AutoCacheRecover { get; set; }

    /// <summary>Lets users subscribe without a token or a handler. Default false.</summary>
    public bool AllowSubscribe { get; set; }

    /// <summary>Extends <see cref="AllowSubscribe"/> to anonymous clients. Default false.</summary>
    public bool AllowSubscribeForAnonymous { get; set; }

    /// <summary>Lets users publish. Default false.</summary>
    public bool AllowPublish { get; set; }

    /// <summary>Lets subscribers publish. Default false.</summary>
    public bool AllowPublishForSubscriber { get; set; }

    /// <summary>Extends <see cref="AllowPublish"/> to anonymous clients. Default false.</summary>
    public bool AllowPublishForAnonymous { get; set; }

    /// <summary>Lets users read presence. Default false.</summary>
    public bool AllowPresence { get; set; }

    /// <summary>Lets subscribers read presence. Default false.</summary>
    public bool AllowPresenceForSubscriber { get; set; }

    /// <summary>Extends <see cref="AllowPresence"/> to anonymous clients. Default false.</summary>
    public bool AllowPresenceForAnonymous { get; set; }

    /// <summary>Lets users read history. Default false.</summary>
    public bool AllowHistory { get; set; }

    /// <summary>Lets subscribers read history. Default false.</summary>
    public bool AllowHistoryForSubscriber { get; set; }

    /// <summary>Extends <see cref="AllowHistory"/> to anonymous clients. Default false.</summary>
    public bool AllowHistoryForAnonymous { get; set; }

    /// <summary>Lets the users listed in a channel's name subscribe to it: <c>dialog#1,2</c> belongs to the users 1 and 2. Default false.</summary>
    public bool AllowUserLimitedChannels { get; set; }

    /// <summary>A regular expression for the name after the namespace. Null: any printable ASCII.</summary>
    public string? ChannelPattern { get; set; }

    /// <summary>
    /// Lets subscribers request deltas in place of whole publications. Requires positioning, recovery, a map with a stream or
    /// a shared poll, and <see cref="SlowConsumerPolicy.Disconnect"/>; otherwise subscribers receive whole publications. Default false.
    /// </summary>
    public bool AllowDelta { get; set; }

    /// <summary>Whether publications may be sent as deltas even when the publisher does not request it. Default false.</summary>
    public bool DeltaPublish { get; set; }

    /// <summary>Lets subscribers filter publications by tags. Default false.</summary>
    public bool AllowTagsFilter { get; set; }

    /// <summary>Whether pushes identify a channel by a shorter number for clients that offer it. Default false.</summary>
    public bool AllowChannelCompaction { get; set; }

    /// <summary>
    /// Time for which a publication waits for others, so that they are sent together. Saves processor time when a channel
    /// publishes often; history and the publisher's reply are not delayed.
    /// </summary>
    /// <value>From 1 ms to 30 days, or null for no batches. Default null.</value>
    [TimeRange("00:00:00.001", "30.00:00:00", Null = "no batches")]
    public TimeSpan? MaxBatchDelay { get; set; }

    /// <summary>Number of publications at which a batch is sent before its delay is over. Requires <see cref="MaxBatchDelay"/>.</summary>
    /// <value>From 1 to 1,000,000 publications, or null for no bound. Default null.</value>
    [NumberRange(1, 1_000_000, "publications", Null = "no bound")]
    public int? MaxBatchSize { get; set; }

    /// <summary>
    /// Whether only the latest publication of each key is sent from each batch; without keys, only the last publication.
    /// The others remain in history. Requires <see cref="MaxBatchDelay"/>. Default false.
    /// </summary>
    public bool BatchFlushLatest { get; set; }

    /// <summary>
    /// Maximum delay of a subscription's own pace, which tokens, handlers and the server set (<see cref="SubscriptionOverrides.Pace"/>),
    /// and clients with <see cref="AllowPace"/>. A pace delays publications in addition to <see cref="MaxBatchDelay"/>.
    /// </summary>
    /// <value>From 1 ms to 1 hour, or null for no pace. Default null.</value>
    [TimeRange("00:00:00.001", "01:00:00", Null = "no pace")]
    public TimeSpan? MaxPaceDelay { get; set; }

    /// <summary>Minimum delay of a subscription's own pace; at most <see cref="MaxPaceDelay"/>.</summary>
    /// <value>From 1 ms to 1 hour. Default 10 ms.</value>
    [TimeRange("00:00:00.001", "01:00:00")]
    public TimeSpan MinPaceDelay { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Lets subscribers choose their pace by the member <c>pace</c> of their subscribe command's data. Requires
    /// <see cref="MaxPaceDelay"/>. Default false: the data belongs to the handler alone.
    /// </summary>
    public bool AllowPace { get; set; }

    /// <summary>The policy for clients that read too slowly. Default: they are disconnected.</summary>
    public SlowConsumerPolicy SlowConsumers { get; set; }
}
