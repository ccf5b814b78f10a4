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

    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

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

    /// <summary>What the configuration says that has no effect.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

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

        // Channels without a namespace are always there; their options let nobody in who has no right of their own.
        NamespaceOf("");
        foreach (var (name, ns) in Hub.Namespaces)
        {
            if (ns.SubscriptionType != SubscriptionType.SharedPoll) continue;
            ns.SharedPoll.HmacSecretKey ??= PollSecretKey;
            // Nobody else has the values.
            Proxies.Of(name).SharedPoll.IsEnabled = true;
        }
    }

    private static TransportOptions Own()
    {
        var options = new TransportOptions();
        foreach (var endpoint in (ClientEndpointOptions[])
            [options.HttpStream, options.Sse, options.OneWayWebSocket, options.OneWayHttpStream, options.OneWaySse]) endpoint.IsEnabled = false;
        return options;
    }
}
