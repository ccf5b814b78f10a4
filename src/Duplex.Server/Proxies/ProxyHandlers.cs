using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Proxies;

/// <summary>The handlers of an application in another process, each of which calls the backend over HTTP.</summary>
internal sealed class ProxyHandlers(ProxySet proxies, HttpClient http, TimeProvider time, ILogger<ProxyClient> logger)
{
    private const string NamespaceBoundary = ":";
    private const string PrivatePrefix = "$";

    private readonly Dictionary<string, ProxyClient> _calls = new(StringComparer.Ordinal);

    /// <summary>Adds the handlers that the settings enable.</summary>
    /// <param name="model">The application.</param>
    /// <param name="namespaces">The names of all namespaces.</param>
    /// <param name="allowsAnonymous">Whether clients connect for which the backend returns no result.</param>
    public void AddTo(ApplicationModel model, IEnumerable<string> namespaces, bool allowsAnonymous)
    {
        if (proxies.Connect.IsEnabled)
        {
            var connect = ClientOf(proxies.Connect);
            model.Connect = context => ConnectAsync(connect, context, allowsAnonymous);
        }

        if (proxies.Refresh.IsEnabled)
        {
            var refresh = ClientOf(proxies.Refresh);
            model.Refresh = context => RefreshAsync(refresh, context);
        }

        foreach (var (name, use) in proxies.Methods.Where(static methods => methods.Value.IsEnabled)) _calls[name] = ClientOf(proxies.Find(use, proxies.Rpc));
        if (_calls.Count > 0) model.OtherCalls = CallAsync;
        if (proxies.Channels.Count == 0) return;

        // Every namespace has patterns of its own, so that those of the last, nameless one match the remaining channels only.
        var channels = new ChannelHandlers(proxies, ClientOf);
        foreach (var name in namespaces.OrderByDescending(static name => name.Length))
        {
            foreach (var pattern in Patterns(name))
            {
                var route = model.AddChannel(pattern);
                if (proxies.Channels.TryGetValue(name, out var calls)) channels.AddTo(route, calls);
            }
        }
    }

    // A parameter in braces matches at least one character, and "chat:" is a channel of chat, too.
    private static string[] Patterns(string name) => name.Length == 0
        ? ["{channel}"]
        :
        [
            $"{name}{NamespaceBoundary}{{channel}}",
            $"{PrivatePrefix}{name}{NamespaceBoundary}{{channel}}",
            $"{name}{NamespaceBoundary}",
            $"{PrivatePrefix}{name}{NamespaceBoundary}",
        ];

    private ProxyClient ClientOf(ProxySettings settings) => new(http, settings, time, new BackendLog(logger, settings.Endpoint!, time));

    // The backend is not called for a client that a token or a reverse proxy has authenticated.
    private static async ValueTask<ConnectDecision> ConnectAsync(ProxyClient proxy, HandlerContext context, bool allowsAnonymous)
    {
        if (context.Client.User.Length > 0) return ConnectDecision.Allow();
        var reply = await proxy.RequestAsync(
            context.Client,
            json =>
            {
                if (context.Client.Name.Length > 0) json.WriteString("name", context.Client.Name);
                if (context.Client.Version.Length > 0) json.WriteString("version", context.Client.Version);
                proxy.WritePayload(json, "data", context.Data);
            },
            static result => result is { } answer ? ProxyAnswer.Connect(answer) : null,
            context.CancellationToken).ConfigureAwait(false);
        return reply ?? (allowsAnonymous ? ConnectDecision.Allow() : ConnectDecision.Deny(Disconnects.BadRequest));
    }

    private static async ValueTask<RefreshDecision> RefreshAsync(ProxyClient proxy, HandlerContext context) => await proxy.RequestAsync(
        context.Client,
        json => json.WriteString("user", context.Client.User),
        static result => result is { } answer ? ProxyAnswer.Refresh(answer) : RefreshDecision.Deny(),
        context.CancellationToken).ConfigureAwait(false);

    private async ValueTask<object?> CallAsync(HandlerContext context)
    {
        var boundary = context.Target.IndexOf(proxies.MethodBoundary, StringComparison.Ordinal);
        if (!_calls.TryGetValue(boundary < 0 ? "" : context.Target[..boundary], out var proxy)) throw new ClientException(ClientErrors.MethodNotFound);
        return await proxy.RequestAsync(
            context.Client,
            json =>
            {
                json.WriteString("user", context.Client.User);
                json.WriteString("method", context.Target);
                proxy.WritePayload(json, "data", context.Data);
            },
            static result => result is { } answer ? (object?)answer.Payload("data") : null,
            context.CancellationToken).ConfigureAwait(false);
    }
}
