using System.Text.Json;
using Duplex.Messaging.Application;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Transports;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Proxies;

/// <summary>The handlers of an application that lives in another process: each asks the backend over HTTP.</summary>
internal sealed class ProxyHandlers(ProxySet proxies, HttpClient http, TimeProvider time, ILogger<ProxyClient> logger)
{
    private const char NamespaceBoundary = ':';

    private readonly ProxyClient _connect = new(http, proxies.Connect, time, logger);
    private readonly ProxyClient _refresh = new(http, proxies.Refresh, time, logger);
    private readonly ProxyClient _subscribe = new(http, proxies.Subscribe, time, logger);
    private readonly ProxyClient _publish = new(http, proxies.Publish, time, logger);
    private readonly ProxyClient _subRefresh = new(http, proxies.SubRefresh, time, logger);
    private readonly ProxyClient _sharedPoll = new(http, proxies.SharedPoll, time, logger);
    private readonly ProxyClient _rpc = new(http, proxies.Rpc, time, logger);

    /// <summary>Adds the handlers that the settings want.</summary>
    /// <param name="model">The application.</param>
    /// <param name="namespaces">The names of all namespaces.</param>
    /// <param name="allowsAnonymous">Whether those whom the backend does not know may come in.</param>
    public void AddTo(ApplicationModel model, IEnumerable<string> namespaces, bool allowsAnonymous)
    {
        if (proxies.Connect.IsEnabled) model.Connect = context => ConnectAsync(context, allowsAnonymous);
        if (proxies.Refresh.IsEnabled) model.Refresh = RefreshAsync;
        if (proxies.AnswersMethods) model.OtherCalls = CallAsync;
        if (proxies.Channels.Count == 0) return;

        // Every namespace has a pattern of its own, so that the last one, without a name, is for the rest only.
        foreach (var name in namespaces.OrderByDescending(static name => name.Length))
        {
            var route = model.AddChannel(name.Length > 0 ? name + NamespaceBoundary + "{channel}" : "{channel}");
            if (!proxies.Channels.TryGetValue(name, out var asked)) continue;
            if (asked.Subscribe) route.Subscribe = SubscribeAsync;
            if (asked.Publish) route.Publish = PublishAsync;
            if (asked.SubRefresh) route.Refresh = RefreshSubscriptionAsync;
            if (asked.SharedPoll) route.Poll = PollAsync;
        }
    }

    // Whom a token or a proxy in front has named is known already.
    private async ValueTask<object?> ConnectAsync(HandlerContext context, bool allowsAnonymous)
    {
        if (context.Client.User.Length > 0) return null;
        var result = await _connect.AskAsync(
            context.Client,
            json =>
            {
                if (context.Client.Name.Length > 0) json.WriteString("name", context.Client.Name);
                if (context.Client.Version.Length > 0) json.WriteString("version", context.Client.Version);
                _connect.WritePayload(json, "data", context.Data);
            },
            context.CancellationToken).ConfigureAwait(false);
        if (result is { } answer) return ProxyAnswer.Connect(answer);
        return allowsAnonymous ? null : throw new DisconnectException(Disconnects.BadRequest);
    }

    private async ValueTask<object?> RefreshAsync(HandlerContext context) =>
        Expiry(await _refresh.AskAsync(context.Client, json => json.WriteString("user", context.Client.User), context.CancellationToken).ConfigureAwait(false));

    private async ValueTask<object?> SubscribeAsync(HandlerContext context)
    {
        var result = await AskAboutChannelAsync(_subscribe, context).ConfigureAwait(false);
        return result is { } answer ? ProxyAnswer.Subscribe(answer) : null;
    }

    private async ValueTask<object?> PublishAsync(HandlerContext context)
    {
        var result = await AskAboutChannelAsync(_publish, context).ConfigureAwait(false);
        return result is { } answer ? ProxyAnswer.Publish(answer) : null;
    }

    private async ValueTask<object?> RefreshSubscriptionAsync(HandlerContext context) =>
        Expiry(await AskAboutChannelAsync(_subRefresh, context).ConfigureAwait(false));

    // One question for all clients of the node, so it is about none of them.
    private async ValueTask<IReadOnlyList<PolledItem>> PollAsync(PollContext context)
    {
        var result = await _sharedPoll.AskAsync(
            client: null,
            json =>
            {
                json.WriteString("channel", context.Channel);
                json.WriteStartArray("items");
                foreach (var (key, version) in context.Keys)
                {
                    json.WriteStartObject();
                    json.WriteString("key", key);
                    json.WriteNumber("version", version);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            },
            CancellationToken.None).ConfigureAwait(false);
        return result is { } answer ? ProxyAnswer.Items(answer) : [];
    }

    private async ValueTask<object?> CallAsync(HandlerContext context)
    {
        var boundary = context.Target.IndexOf(NamespaceBoundary, StringComparison.Ordinal);
        if (!proxies.Methods.TryGetValue(boundary < 0 ? "" : context.Target[..boundary], out var methods) || !methods.IsEnabled)
        {
            throw new ClientException(ClientErrors.MethodNotFound);
        }

        var result = await _rpc.AskAsync(
            context.Client,
            json =>
            {
                json.WriteString("user", context.Client.User);
                json.WriteString("method", context.Target);
                _rpc.WritePayload(json, "data", context.Data);
            },
            context.CancellationToken).ConfigureAwait(false);
        return result is { } answer ? ProxyAnswer.Payload(answer, "data") : null;
    }

    private static Task<JsonElement?> AskAboutChannelAsync(ProxyClient proxy, HandlerContext context) => proxy.AskAsync(
        context.Client,
        json =>
        {
            json.WriteString("user", context.Client.User);
            json.WriteString("channel", context.Target);
            proxy.WritePayload(json, "data", context.Data);
        },
        context.CancellationToken);

    // Without a time the backend lets the client stay as long as it likes.
    private static object? Expiry(JsonElement? result) =>
        result is not { } answer || ProxyAnswer.Flag(answer, "expired") ? null : ProxyAnswer.Moment(answer, "expire_at") ?? DateTimeOffset.MaxValue;
}
