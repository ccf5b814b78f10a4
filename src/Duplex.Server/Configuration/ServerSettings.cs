using Duplex.AspNetCore.Api;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Tokens;
using Duplex.EventLoop.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
using Duplex.Server.Proxies;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Configuration;

/// <summary>The settings of the server: the configuration with defaults filled in.</summary>
internal sealed class ServerSettings
{
    public int Port { get; set; } = 8000;

    /// <summary>The address to listen on: empty for loopback, <c>*</c> for all addresses.</summary>
    public string Address { get; set; } = "";

    /// <summary>The port of server API and health endpoint; null: <see cref="Port"/>.</summary>
    public int? InternalPort { get; set; }

    /// <summary>The address of <see cref="InternalPort"/>; null: <see cref="Address"/>.</summary>
    public string? InternalAddress { get; set; }

    public TlsSettings Tls { get; } = new();

    public EventLoopBackEnd EventLoops { get; set; }

    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

    public bool HasHealth { get; set; } = true;

    public string HealthPath { get; set; } = "/health";

    /// <summary>Whether the server API is served; <see cref="Api"/> controls access to it.</summary>
    public bool HasApi { get; set; } = true;

    public string ApiPath { get; set; } = "/api";

    /// <summary>Whether the server API is served on every port, even if there is an internal port.</summary>
    public bool IsApiExternal { get; set; }

    public ApiOptions Api { get; } = new();

    public HubOptions Hub { get; } = new();

    public ProxySet Proxies { get; } = new();

    /// <summary>The transports of clients. By default only WebSocket is enabled.</summary>
    public TransportOptions Transport { get; } = Own();

    public CompressionSettings Compression { get; } = new();

    public CompressionSettings OneWayCompression { get; } = new();

    /// <summary>Whether <see cref="OneWayDisconnects"/> apply.</summary>
    public bool HasOneWayDisconnects { get; set; }

    /// <summary>The mappings from a connect error's code to the disconnect that a one-way client receives.</summary>
    public IReadOnlyList<DisconnectTransform> OneWayDisconnects { get; set; } = [];

    public TokenOptions ConnectionToken { get; } = new();

    public TokenOptions SubscriptionToken { get; } = new();

    /// <summary>Whether <see cref="SubscriptionToken"/> applies to subscription tokens instead of <see cref="ConnectionToken"/>.</summary>
    public bool HasSubscriptionTokens { get; set; }

    /// <summary>The secret that signs the keys that clients track, in namespaces without a secret of their own.</summary>
    public string? PollSecretKey { get; set; }

    /// <summary>Whether the server itself handles the method <see cref="PingMethod"/>, with an empty reply.</summary>
    public bool AnswersPing { get; set; }

    public string PingMethod { get; set; } = "ping";

    /// <summary>The warnings about the configuration, such as options without effect.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>The options outside lists, bound to these settings.</summary>
    public IReadOnlyList<BoundOption> Options => [.. ServerOptionTable.All.Select(option => option.On(() => this))];

    /// <summary>Returns the options of a namespace, and creates them with defaults when they do not exist.</summary>
    public NamespaceOptions NamespaceOf(string name)
    {
        if (!Hub.Namespaces.TryGetValue(name, out var options)) Hub.Namespaces[name] = options = new NamespaceOptions();
        return options;
    }

    /// <summary>Derives the settings that depend on several options.</summary>
    public void Complete()
    {
        Transport.WebSocket.Compression = Compression.Options;
        Transport.OneWayWebSocket.Compression = OneWayCompression.Options;
        if (HasOneWayDisconnects)
        {
            foreach (var (code, disconnect) in OneWayDisconnects) Transport.OneWayDisconnects[code] = disconnect;
        }

        // Channels without a namespace always exist; their default options permit no client that lacks a permission of its own.
        NamespaceOf("");
        foreach (var (name, ns) in Hub.Namespaces)
        {
            if (ns.SubscriptionType != SubscriptionType.SharedPoll) continue;
            ns.SharedPoll.HmacSecretKey ??= PollSecretKey;
            // Only the backend has the values.
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
