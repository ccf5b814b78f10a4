using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Proxies;

/// <summary>The handlers of an application that lives in another process: each asks the backend over HTTP.</summary>
internal sealed class ProxyHandlers(ProxySet proxies, HttpClient http, TimeProvider time, ILogger<ProxyClient> logger)
{
    private const string NamespaceBoundary = ":";
    private const string PrivatePrefix = "$";

    private readonly Dictionary<string, ProxyClient> _calls = new(StringComparer.Ordinal);

    /// <summary>Adds the handlers that the settings want.</summary>
    /// <param name="model">The application.</param>
    /// <param name="namespaces">The names of all namespaces.</param>
    /// <param name="allowsAnonymous">Whether those whom the backend does not know may come in.</param>
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

        // Every namespace has patterns of its own, so that the last one, without a name, is for the rest only.
        var channels = new ChannelHandlers(proxies, ClientOf);
        foreach (var name in namespaces.OrderByDescending(static name => name.Length))
        {
            foreach (var pattern in Patterns(name))
            {
                var route = model.AddChannel(pattern);
                if (proxies.Channels.TryGetValue(name, out var asked)) channels.AddTo(route, asked);
            }
        }
    }

    // A name in braces takes at least one character, and "chat:" is a channel of chat, too.
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

    // Whom a token or a proxy in front has named is known already.
    private static async ValueTask<ConnectDecision> ConnectAsync(ProxyClient proxy, HandlerContext context, bool allowsAnonymous)
    {
        if (context.Client.User.Length > 0) return ConnectDecision.Allow();
        var reply = await proxy.AskAsync(
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

    private static async ValueTask<RefreshDecision> RefreshAsync(ProxyClient proxy, HandlerContext context) => await proxy.AskAsync(
        context.Client,
        json => json.WriteString("user", context.Client.User),
        static result => result is { } answer ? ProxyAnswer.Refresh(answer) : RefreshDecision.Deny(),
        context.CancellationToken).ConfigureAwait(false);

    private async ValueTask<object?> CallAsync(HandlerContext context)
    {
        var boundary = context.Target.IndexOf(proxies.MethodBoundary, StringComparison.Ordinal);
        if (!_calls.TryGetValue(boundary < 0 ? "" : context.Target[..boundary], out var proxy)) throw new ClientException(ClientErrors.MethodNotFound);
        return await proxy.AskAsync(
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
