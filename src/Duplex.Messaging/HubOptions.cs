using System.Text.Json;
using Duplex.Configuration;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;

namespace Duplex.Messaging;

/// <summary>
/// Options of the hub. The configuration section is <c>Duplex:Hub</c>, with namespaces in <c>Duplex:Hub:Namespaces:{name}</c>.
/// The hub reads the options when it starts; the defaults are safe for a public server.
/// </summary>
public sealed class HubOptions
{
    /// <summary>The namespaces by name; the empty name is for channels without a namespace.</summary>
    public IDictionary<string, NamespaceOptions> Namespaces { get; } = new Dictionary<string, NamespaceOptions>(StringComparer.Ordinal);

    /// <summary>The data accepted in namespaces whose own format is null. Default: JSON.</summary>
    public DataFormat DataFormat { get; set; }

    /// <summary>Whether clients may connect without a token and without a handler that sets their user. Default false.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>Whether tokens without a user are refused, with 3507. Default false.</summary>
    public bool DisallowAnonymousTokens { get; set; }

    /// <summary>
    /// Grants every client everything, for development: a client without a token is anonymous, and what no token or
    /// handler decides is granted. Tokens that clients send are still verified, and channels whose names begin with
    /// <c>$</c> still need one. Default false.
    /// </summary>
    public bool IsInsecure { get; set; }

    /// <summary>Maximum number of clients connected to this node; a further one is disconnected with 3504.</summary>
    /// <value>From 1 to 2,147,483,647 clients, or null for no bound. Default null.</value>
    [NumberRange(1, int.MaxValue, "clients", Null = "no bound")]
    public int? MaxConnections { get; set; }

    /// <summary>Maximum number of clients of one user connected to this node; a further one is disconnected with 3504. Anonymous clients do not count.</summary>
    /// <value>From 1 to 2,147,483,647 clients, or null for no bound. Default null.</value>
    [NumberRange(1, int.MaxValue, "clients", Null = "no bound")]
    public int? MaxConnectionsPerUser { get; set; }

    /// <summary>The channel of each user to which the server subscribes the user's clients. Default: none.</summary>
    public PersonalChannelOptions PersonalChannel { get; } = new();

    /// <summary>Time between pings. The wire carries it in whole seconds. The default keeps most proxies' idle time-outs (60 s and up) from expiring.</summary>
    /// <value>From 1 s to 30 days, or null for no pings. Default 25 s.</value>
    [TimeRange("00:00:01", "30.00:00:00", Null = "no pings")]
    public TimeSpan? PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Time for the pong, after which the client is disconnected with 3012. At most <see cref="PingInterval"/>. The default is Centrifugo's.</summary>
    /// <value>From 1 ms to 30 days. Default 8 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Time for a connection to send its connect command, after which it is closed with 3502.</summary>
    /// <value>From 1 ms to 30 days. Default 10 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan StaleTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Grace period after a connection's expiry, in which its refresh may arrive or the application may renew it.</summary>
    /// <value>From 0 s to 30 days. Default 25 s.</value>
    [TimeRange("00:00:00", "30.00:00:00")]
    public TimeSpan ExpiredCloseDelay { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Grace period after a subscription's expiry, in which its refresh may arrive or the application may renew it.</summary>
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

    /// <summary>Time between two checks of a positioned subscription's position in its stream.</summary>
    /// <value>From 1 ms to 30 days. Default 40 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan PositionCheckInterval { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>Maximum number of subscriptions of one client, including server-side ones; a further one is refused with 106.</summary>
    /// <value>From 1 to 1,000,000 subscriptions. Default 128.</value>
    [NumberRange(1, 1_000_000, "subscriptions")]
    public int MaxSubscriptionsPerClient { get; set; } = 128;

    /// <summary>Maximum length of a channel's name.</summary>
    /// <value>From 1 to 65,535 characters. Default 255.</value>
    [NumberRange(1, ushort.MaxValue, "characters")]
    public int MaxChannelLength { get; set; } = 255;

    /// <summary>
    /// Maximum number of bytes retained for a slow client; beyond it, the policies of its channels apply. It bounds replies too:
    /// histories and pages of maps end before it, a client that missed more is not recovered, and larger presence is
    /// refused with 106.
    /// </summary>
    /// <value>From 1 to 2,147,483,647 bytes. Default 1,048,576.</value>
    [NumberRange(1, int.MaxValue, "bytes")]
    public int MaxQueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Maximum number of commands of one client that run at the same time, so that a slow handler does not delay the others; replies are
    /// sent in the order of completion. Commands for the same channel keep their order, and so do refreshes of the connection; calls have
    /// no order, and a connect command runs alone. With more than 1, handlers of one client may run at the same time.
    /// </summary>
    /// <value>From 1 to 1,000 commands. Default 1.</value>
    [NumberRange(1, 1000, "commands")]
    public int MaxConcurrentCommands { get; set; } = 1;

    /// <summary>
    /// Maximum rate of one client's commands, including pongs; after a pause, those of ten seconds may arrive at once. A client that
    /// sends more is disconnected with 3013.
    /// </summary>
    /// <value>From 1 to 1,000,000 commands a second, or null for no limit. Default null.</value>
    [NumberRange(1, CommandRate.MaxPerSecond, "commands a second", Null = "no limit")]
    public int? CommandRateLimit { get; set; }

    /// <summary>
    /// Maximum number of bytes of messages retained for a client while its commands run, counting 64 more for each message; beyond it the client is
    /// disconnected with 3013.
    /// </summary>
    /// <value>From 1 to 2,147,483,647 bytes. Default 1,048,576.</value>
    [NumberRange(1, int.MaxValue, "bytes")]
    public int MaxPendingCommandBytes { get; set; } = 1024 * 1024;

    /// <summary>Maximum number of publications in one history reply.</summary>
    /// <value>From 1 to 1,000,000 publications. Default 300.</value>
    [NumberRange(1, 1_000_000, "publications")]
    public int MaxHistoryPublications { get; set; } = 300;

    /// <summary>Maximum number of publications in a recovery; a client that missed more is not recovered.</summary>
    /// <value>From 1 to 1,000,000 publications. Default 300.</value>
    [NumberRange(1, 1_000_000, "publications")]
    public int MaxRecoveryPublications { get; set; } = 300;

    /// <summary>Lifetime of epoch and offset after the last use of a channel's history.</summary>
    /// <value>From 1 ms to 36,500 days. Default 30 days.</value>
    [TimeRange("00:00:00.001", "36500.00:00:00")]
    public TimeSpan HistoryMetaTtl { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Time for a handler of the application to return. When it is over, the handler's token is cancelled, its command fails with
    /// the temporary error 100, and its later result is dropped.
    /// </summary>
    /// <value>From 100 ms to 1 hour, or null for no limit. Default 30 s.</value>
    [TimeRange("00:00:00.1", "01:00:00", Null = "no limit")]
    public TimeSpan? HandlerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Time for the handlers of clients to return when the host stops; after it, the application's own services are stopped
    /// regardless. The host's own time limit, <c>HostOptions.ShutdownTimeout</c>, covers all of its services together and ends
    /// this one too: set it to a longer time.
    /// </summary>
    /// <value>From 0 s to 1 hour. Default 5 s.</value>
    [TimeRange("00:00:00", "01:00:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether the client too receives the explanation of a refusal or disconnect, in the error's message and the close reason; the
    /// log always contains it. For development: explanations name options. Default null: only in the environment Development.
    /// </summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>Whether the connect reply contains the server's time. Default false.</summary>
    public bool ConnectIncludesServerTime { get; set; }

    /// <summary>The options with which messages of the application are serialized. Default: web defaults with the registered contexts.</summary>
    public JsonSerializerOptions Json { get; set; } = new(JsonSerializerDefaults.Web);

    /// <summary>Reports every value that is out of range, and values that contradict each other.</summary>
    /// <param name="faults">The list to which the faults are added.</param>
    internal void Check(OptionFaults faults) => HubOptionRules.Check(this, faults);
}
