using Duplex.AspNetCore.Api;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Tokens;
using Duplex.Messaging;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Configuration;

/// <summary>What a configuration says, defaults filled in.</summary>
internal sealed class ServerSettings
{
    public int Port { get; set; } = 8000;

    /// <summary>Empty for loopback, <c>*</c> for all.</summary>
    public string Address { get; set; } = "";

    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public bool HasHealth { get; set; } = true;

    /// <summary>Whether the server API is there; who may call it is for <see cref="Api"/> to say.</summary>
    public bool HasApi { get; set; } = true;

    public ApiOptions Api { get; } = new();

    /// <summary>Client endpoints that are switched off: all but the WebSocket unless a configuration says otherwise.</summary>
    public HashSet<string> DisabledPaths { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        "/connection/http_stream", "/connection/sse", "/connection/uni_websocket", "/connection/uni_sse", "/connection/uni_http_stream",
    };

    public HubOptions Hub { get; } = new();

    public TransportOptions Transport { get; } = new();

    public TokenOptions ConnectionToken { get; } = new();

    public TokenOptions SubscriptionToken { get; } = new();

    /// <summary>Whether <see cref="SubscriptionToken"/> counts for subscriptions in place of <see cref="ConnectionToken"/>.</summary>
    public bool HasSubscriptionTokens { get; set; }

    /// <summary>Switches a client endpoint on or off.</summary>
    public void Enable(string path, bool isEnabled)
    {
        if (isEnabled) DisabledPaths.Remove(path);
        else DisabledPaths.Add(path);
    }
}
