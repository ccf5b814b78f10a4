using System.Text.Json;
using Duplex.Messaging.Channels;

namespace Duplex.Messaging;

/// <summary>How the hub behaves. Read when it starts; the defaults are safe for a public server.</summary>
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

    /// <summary>Clients this node lets in at a time; further ones are disconnected with 3504. Default 0: any number.</summary>
    public int ConnectionLimit { get; set; }

    /// <summary>Clients of one user this node lets in at a time; further ones are disconnected with 3504. Anonymous clients do not count. Default 0: any number.</summary>
    public int UserConnectionLimit { get; set; }

    /// <summary>The channel of its own that each user is subscribed to by the server. Default: none.</summary>
    public PersonalChannelOptions PersonalChannel { get; } = new();

    /// <summary>Time between pings. Default 25 s; zero sends none.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Time for the pong, after which the client is disconnected with 3012. Default 8 s.</summary>
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Time for a connection to send its connect command, after which it is closed with 3502. Default 10 s.</summary>
    public TimeSpan StaleTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Grace after a connection's expiry, for its refresh to arrive or the application to renew it. Default 25 s.</summary>
    public TimeSpan ExpiredCloseDelay { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Grace after a subscription's expiry, for its refresh to arrive or the application to renew it. Default 25 s.</summary>
    public TimeSpan ExpiredSubscriptionDelay { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Time between two refreshes of a client's presence. Default 27 s.</summary>
    public TimeSpan PresenceUpdateInterval { get; set; } = TimeSpan.FromSeconds(27);

    /// <summary>How long a presence entry lives without a refresh. Default 60 s.</summary>
    public TimeSpan PresenceTtl { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between two checks of a positioned subscription's place in its stream. Default 40 s.</summary>
    public TimeSpan PositionCheckInterval { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>Subscriptions a client may have, server-side ones included. Default 128.</summary>
    public int ChannelLimit { get; set; } = 128;

    /// <summary>Longest channel name in characters. Default 255.</summary>
    public int MaxChannelLength { get; set; } = 255;

    /// <summary>
    /// Bytes kept for a client that reads too slowly before its channels' policies apply. Replies are bounded by it too:
    /// histories and pages of maps end before it, who missed more is not recovered, and presence that takes more is refused
    /// with 106. Default 1 MiB.
    /// </summary>
    public int MaxQueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Commands of one client that are worked on at the same time, so that one whose handler is slow does not hold up the
    /// others; replies come as they are done. Commands about the same channel keep their order, refreshes of the
    /// connection too, calls have none, and a connect command is worked on alone. Its handlers may then run at the same
    /// time. Default 1: one after another. At least 1.
    /// </summary>
    public int Concurrency { get; set; } = 1;

    /// <summary>
    /// Commands a client may send a second, pongs included; after a pause those of ten seconds at once. Who sends more is
    /// disconnected with 3013. Default 0: any number. At most 1,000,000.
    /// </summary>
    public int CommandRateLimit { get; set; }

    /// <summary>
    /// Bytes of messages kept for a client while its commands are worked on, 64 more for each message; more disconnect it
    /// with 3013. Default 1 MiB.
    /// </summary>
    public int MaxPendingCommandBytes { get; set; } = 1024 * 1024;

    /// <summary>Most publications one history reply holds. Default 300.</summary>
    public int HistoryMaxPublications { get; set; } = 300;

    /// <summary>Most publications a recovery may take; who missed more is not recovered. Default 300.</summary>
    public int RecoveryMaxPublications { get; set; } = 300;

    /// <summary>How long epoch and offset outlive the last use of a channel's history. Default 30 days.</summary>
    public TimeSpan HistoryMetaTtl { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Time for the handlers of clients to return when the host stops, after which the application's own services are stopped
    /// without them. The host's own time, <c>HostOptions.ShutdownTimeout</c>, counts for all of its services together and ends
    /// this one too: keep it longer. Default 5 s; from zero to an hour.
    /// </summary>
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
}
