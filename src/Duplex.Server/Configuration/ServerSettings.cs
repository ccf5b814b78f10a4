using Duplex.AspNetCore.Api;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Tokens;
using Duplex.EventLoop.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
using Duplex.Server.Proxies;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Configuration;

/// <summary>What a configuration says, defaults filled in.</summary>
internal sealed class ServerSettings
{
    public int Port { get; set; } = 8000;

    /// <summary>Empty for loopback, <c>*</c> for all.</summary>
    public string Address { get; set; } = "";

    /// <summary>Where server API and health answer in place of <see cref="Port"/>; null: on the same port.</summary>
    public int? InternalPort { get; set; }

    /// <summary>Address of <see cref="InternalPort"/>; null: as <see cref="Address"/>.</summary>
    public string? InternalAddress { get; set; }

    public TlsSettings Tls { get; } = new();

    public EventLoopBackEnd EventLoops { get; set; }

    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public bool HasHealth { get; set; } = true;

    public string HealthPath { get; set; } = "/health";

    /// <summary>Whether the server API is there; who may call it is for <see cref="Api"/> to say.</summary>
    public bool HasApi { get; set; } = true;

    public string ApiPath { get; set; } = "/api";

    /// <summary>Whether the server API stays on <see cref="Port"/> where there is an internal port.</summary>
    public bool IsApiExternal { get; set; }

    public ApiOptions Api { get; } = new();

    public HubOptions Hub { get; } = new();

    public ProxySet Proxies { get; } = new();

    /// <summary>What clients connect to: WebSockets alone unless a configuration says otherwise.</summary>
    public TransportOptions Transport { get; } = Own();

    public CompressionSettings Compression { get; } = new();

    public CompressionSettings OneWayCompression { get; } = new();

    /// <summary>Whether <see cref="OneWayDisconnects"/> count.</summary>
    public bool HasOneWayDisconnects { get; set; }

    /// <summary>How connections of one-way clients end, by the code of the error with which connecting failed.</summary>
    public IReadOnlyList<DisconnectTransform> OneWayDisconnects { get; set; } = [];

    public TokenOptions ConnectionToken { get; } = new();

    public TokenOptions SubscriptionToken { get; } = new();

    /// <summary>Whether <see cref="SubscriptionToken"/> counts for subscriptions in place of <see cref="ConnectionToken"/>.</summary>
    public bool HasSubscriptionTokens { get; set; }

    /// <summary>Signs the keys that clients track, in namespaces without a secret of their own.</summary>
    public string? PollSecretKey { get; set; }

    /// <summary>Whether the server itself answers the method <see cref="PingMethod"/>, with nothing.</summary>
    public bool AnswersPing { get; set; }

    public string PingMethod { get; set; } = "ping";

    /// <summary>The options outside of lists, on these settings.</summary>
    public IReadOnlyList<BoundOption> Options => [.. ServerOptionTable.All.Select(option => option.On(() => this))];

    /// <summary>The options of a namespace, the defaults at first.</summary>
    public NamespaceOptions NamespaceOf(string name)
    {
        if (!Hub.Namespaces.TryGetValue(name, out var options)) Hub.Namespaces[name] = options = new NamespaceOptions();
        return options;
    }

    /// <summary>Says in one place what options in several places say together.</summary>
    public void Complete()
    {
        Transport.WebSocket.Compression = Compression.Options;
        Transport.OneWayWebSocket.Compression = OneWayCompression.Options;
        if (HasOneWayDisconnects)
        {
            foreach (var (code, disconnect) in OneWayDisconnects) Transport.OneWayDisconnects[code] = disconnect;
        }

        // Without any namespace there would be no channel to try things out on.
        if (Hub.IsInsecure) NamespaceOf("");
        foreach (var (name, ns) in Hub.Namespaces)
        {
            if (ns.SubscriptionType != SubscriptionType.SharedPoll) continue;
            ns.SharedPoll.HmacSecretKey ??= PollSecretKey;
            // Nobody else has the values.
            Proxies.Of(name).SharedPoll.IsEnabled = true;
        }
    }

    /// <summary>What options say that contradict each other, each with its path.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var (name, ns) in Hub.Namespaces)
        {
            if (ns.Recovery && (ns.HistorySize == 0 || ns.HistoryTtl == TimeSpan.Zero))
            {
                yield return $"{PathOf(name)}force_recovery: history_size and history_ttl are missing.";
            }
        }

        foreach (var (name, asked) in Proxies.Channels)
        {
            var path = PathOf(name);
            var isMap = NamespaceOf(name).SubscriptionType is SubscriptionType.Map or SubscriptionType.MapClients or SubscriptionType.MapUsers;
            if (isMap && asked.Publish.IsEnabled) yield return $"{path}publish_proxy_enabled: maps have map.publish_proxy_enabled.";
            if (!isMap && asked.MapPublish.IsEnabled) yield return $"{path}map.publish_proxy_enabled: subscription_type is no kind of map.";
            if (!isMap && asked.MapRemove.IsEnabled) yield return $"{path}map.remove_proxy_enabled: subscription_type is no kind of map.";
        }

        foreach (var fault in Proxies.Faults()) yield return fault;

        static string PathOf(string name) => name.Length == 0 ? "channel.without_namespace." : $"channel.namespaces, \"{name}\": ";
    }

    private static TransportOptions Own()
    {
        var options = new TransportOptions();
        foreach (var endpoint in (ClientEndpointOptions[])
            [options.HttpStream, options.Sse, options.OneWayWebSocket, options.OneWayHttpStream, options.OneWaySse]) endpoint.IsEnabled = false;
        return options;
    }
}
