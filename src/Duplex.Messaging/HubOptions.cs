using System.Text.Json;
using Duplex.Configuration;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;

namespace Duplex.Messaging;

/// <summary>
/// How the hub behaves. The configuration section is <c>Duplex:Hub</c>, with namespaces in <c>Duplex:Hub:Namespaces:{name}</c>.
/// The hub reads the options when it starts; the defaults are safe for a public server.
/// </summary>
public sealed class HubOptions
{
    /// <summary>The namespaces by name; the empty name stands for channels without one.</summary>
    public IDictionary<string, NamespaceOptions> Namespaces { get; } = new Dictionary<string, NamespaceOptions>(StringComparer.Ordinal);

    /// <summary>What may be published in namespaces that do not say it themselves. Default: JSON.</summary>
    public DataFormat DataFormat { get; set; }

    /// <summary>Lets clients connect without a token and without a handler that names their user. Default false.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>Refuses tokens that name no user, with 3507. Default false.</summary>
    public bool DisallowAnonymousTokens { get; set; }

    /// <summary>
    /// Lets anyone in and do everything, for development: a client without a token is anonymous, and what no token or
    /// handler decides is granted. Tokens that are shown are still verified, and channels whose names begin with
    /// <c>$</c> still need one. Default false.
    /// </summary>
    public bool IsInsecure { get; set; }

    /// <summary>Clients connected to this node at a time; a further one is disconnected with 3504.</summary>
    /// <value>From 1 to 2,147,483,647 clients, or null for no bound. Default null.</value>
    [NumberRange(1, int.MaxValue, "clients", Null = "no bound")]
    public int? MaxConnections { get; set; }

    /// <summary>Clients of one user connected to this node at a time; a further one is disconnected with 3504. Anonymous clients do not count.</summary>
    /// <value>From 1 to 2,147,483,647 clients, or null for no bound. Default null.</value>
    [NumberRange(1, int.MaxValue, "clients", Null = "no bound")]
    public int? MaxConnectionsPerUser { get; set; }

    /// <summary>The channel of its own that each user is subscribed to by the server. Default: none.</summary>
    public PersonalChannelOptions PersonalChannel { get; } = new();

    /// <summary>Time between pings. The wire carries it in whole seconds. The default keeps most proxies' idle time-outs (60 s and up) from firing.</summary>
    /// <value>From 1 s to 30 days, or null for no pings. Default 25 s.</value>
    [TimeRange("00:00:01", "30.00:00:00", Null = "no pings")]
    public TimeSpan? PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Time for the pong, after which the client is disconnected with 3012. Less than <see cref="PingInterval"/>. The default is Centrifugo's.</summary>
    /// <value>From 1 ms to 30 days. Default 8 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Time for a connection to send its connect command, after which it is closed with 3502.</summary>
    /// <value>From 1 ms to 30 days. Default 10 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan StaleTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Grace after a connection's expiry, for its refresh to arrive or the application to renew it.</summary>
    /// <value>From 0 s to 30 days. Default 25 s.</value>
    [TimeRange("00:00:00", "30.00:00:00")]
    public TimeSpan ExpiredCloseDelay { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Grace after a subscription's expiry, for its refresh to arrive or the application to renew it.</summary>
    /// <value>From 0 s to 30 days. Default 25 s.</value>
    [TimeRange("00:00:00", "30.00:00:00")]
    public TimeSpan ExpiredSubscriptionDelay { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Time between two refreshes of a client's presence. Less than <see cref="PresenceTtl"/>.</summary>
    /// <value>From 1 ms to 30 days. Default 27 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan PresenceUpdateInterval { get; set; } = TimeSpan.FromSeconds(27);

    /// <summary>Lifetime of a presence entry without a refresh.</summary>
    /// <value>From 1 ms to 30 days. Default 60 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan PresenceTtl { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between two checks of a positioned subscription's place in its stream.</summary>
    /// <value>From 1 ms to 30 days. Default 40 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan PositionCheckInterval { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>Subscriptions of one client, server-side ones included; a further one is refused with 106.</summary>
    /// <value>From 1 to 1,000,000 subscriptions. Default 128.</value>
    [NumberRange(1, 1_000_000, "subscriptions")]
    public int MaxSubscriptionsPerClient { get; set; } = 128;

    /// <summary>Longest channel name.</summary>
    /// <value>From 1 to 65,535 characters. Default 255.</value>
    [NumberRange(1, ushort.MaxValue, "characters")]
    public int MaxChannelLength { get; set; } = 255;

    /// <summary>
    /// Bytes retained for a client that reads too slowly before its channels' policies apply. Replies are bounded by it too:
    /// histories and pages of maps end before it, a client that missed more is not recovered, and presence that takes more is
    /// refused with 106.
    /// </summary>
    /// <value>From 1 to 2,147,483,647 bytes. Default 1,048,576.</value>
    [NumberRange(1, int.MaxValue, "bytes")]
    public int MaxQueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Commands of one client that run at the same time, so that a slow handler does not hold up the others; replies are sent as
    /// they are done. Commands about the same channel keep their order, refreshes of the connection too, calls have none, and a
    /// connect command runs alone. With more than 1, handlers of one client may run at the same time.
    /// </summary>
    /// <value>From 1 to 1,000 commands. Default 1.</value>
    [NumberRange(1, 1000, "commands")]
    public int MaxConcurrentCommands { get; set; } = 1;

    /// <summary>
    /// Rate of one client's commands, pongs included; after a pause those of ten seconds may come at once. A client that sends more
    /// is disconnected with 3013.
    /// </summary>
    /// <value>From 1 to 1,000,000 commands a second, or null for no limit. Default null.</value>
    [NumberRange(1, CommandRate.MaxPerSecond, "commands a second", Null = "no limit")]
    public int? CommandRateLimit { get; set; }

    /// <summary>
    /// Bytes of messages retained for a client while its commands run, 64 more for each message; more disconnect it with 3013.
    /// </summary>
    /// <value>From 1 to 2,147,483,647 bytes. Default 1,048,576.</value>
    [NumberRange(1, int.MaxValue, "bytes")]
    public int MaxPendingCommandBytes { get; set; } = 1024 * 1024;

    /// <summary>Most publications in one history reply.</summary>
    /// <value>From 1 to 1,000,000 publications. Default 300.</value>
    [NumberRange(1, 1_000_000, "publications")]
    public int MaxHistoryPublications { get; set; } = 300;

    /// <summary>Most publications in a recovery; a client that missed more is not recovered.</summary>
    /// <value>From 1 to 1,000,000 publications. Default 300.</value>
    [NumberRange(1, 1_000_000, "publications")]
    public int MaxRecoveryPublications { get; set; } = 300;

    /// <summary>Lifetime of epoch and offset after the last use of a channel's history.</summary>
    /// <value>From 1 ms to 36,500 days. Default 30 days.</value>
    [TimeRange("00:00:00.001", "36500.00:00:00")]
    public TimeSpan HistoryMetaTtl { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Time for a handler of the application to return. When it is over, the handler's token is cancelled, its command fails with
    /// the temporary error 100, and what the handler returns later is dropped.
    /// </summary>
    /// <value>From 100 ms to 1 hour, or null for no limit. Default 30 s.</value>
    [TimeRange("00:00:00.1", "01:00:00", Null = "no limit")]
    public TimeSpan? HandlerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Time for the handlers of clients to return when the host stops, after which the application's own services are stopped
    /// without them. The host's own time, <c>HostOptions.ShutdownTimeout</c>, counts for all of its services together and ends
    /// this one too: keep it longer.
    /// </summary>
    /// <value>From 0 s to 1 hour. Default 5 s.</value>
    [TimeRange("00:00:00", "01:00:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Sends the explanation of a refusal or disconnect to the client too, in the error's message and the close reason, which
    /// the log has anyway. For development: explanations name options. Default null: only in the environment Development.
    /// </summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>Puts the server's time into the connect reply. Default false.</summary>
    public bool ConnectIncludesServerTime { get; set; }

    /// <summary>How messages of the application are read and written. Default: web defaults with the registered contexts.</summary>
    public JsonSerializerOptions Json { get; set; } = new(JsonSerializerDefaults.Web);

    /// <summary>Reports every value that is out of its range, and values that contradict each other.</summary>
    /// <param name="faults">Receives the faults.</param>
    public void Check(OptionFaults faults) => HubOptionRules.Check(this, faults);
}
