using Duplex.Messaging.Application;
using Duplex.Messaging.Polling;

namespace Duplex.Server.Proxies;

/// <summary>The handlers of a namespace of channels: each asks the backend over HTTP.</summary>
/// <param name="proxies">Whom to ask.</param>
/// <param name="clientOf">Makes who asks.</param>
internal sealed class ChannelHandlers(ProxySet proxies, Func<ProxySettings, ProxyClient> clientOf)
{
    /// <summary>Adds the handlers that the namespace wants.</summary>
    public void AddTo(ChannelRoute route, ChannelProxies asked)
    {
        if (Find(asked.Subscribe, proxies.Subscribe) is { } subscribe) route.Subscribe = context => SubscribeAsync(subscribe, context);
        if (Find(asked.Publish, proxies.Publish) is { } publish) route.Publish = context => PublishAsync(publish, context);
        if (Find(asked.MapPublish, proxies.MapPublish) is { } mapPublish) route.Publish = context => PublishAsync(mapPublish, context);
        if (Find(asked.MapRemove, proxies.MapRemove) is { } mapRemove) route.Remove = context => RemoveAsync(mapRemove, context);
        if (Find(asked.SubRefresh, proxies.SubRefresh) is { } refresh) route.Refresh = context => RefreshAsync(refresh, context);
        if (Find(asked.SharedPoll, proxies.SharedPoll) is { } poll) route.Poll = context => PollAsync(poll, context);
    }

    private ProxyClient? Find(ProxyUse use, ProxySettings standard) => use.IsEnabled ? clientOf(proxies.Find(use, standard)) : null;

    private static async ValueTask<SubscribeDecision> SubscribeAsync(ProxyClient proxy, HandlerContext context) =>
        await AskAsync(proxy, context, static result => ProxyAnswer.Subscribe(Yes(result))).ConfigureAwait(false);

    private static async ValueTask<PublishDecision> PublishAsync(ProxyClient proxy, HandlerContext context) =>
        await AskAsync(proxy, context, static result => ProxyAnswer.Publish(Yes(result))).ConfigureAwait(false);

    private static async ValueTask<AccessDecision> RemoveAsync(ProxyClient proxy, HandlerContext context)
    {
        await AskAsync(proxy, context, static result => Yes(result)).ConfigureAwait(false);
        return AccessDecision.Allow();
    }

    // A result that is missing is no permission.
    private static AnswerObject Yes(AnswerObject? result) =>
        result ?? throw new AnswerFault("result is missing: {\"result\":{}} allows it, {\"error\":{\"code\":403,\"message\":\"no\"}} refuses it.");

    private static async ValueTask<RefreshDecision> RefreshAsync(ProxyClient proxy, HandlerContext context) =>
        await AskAsync(proxy, context, static result => result is { } answer ? ProxyAnswer.Refresh(answer) : RefreshDecision.Deny()).ConfigureAwait(false);

    // One question for all clients of the node, so it is about none of them.
    private static async ValueTask<IReadOnlyList<PolledItem>> PollAsync(ProxyClient proxy, PollContext context) => await proxy.AskAsync(
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
        static result => result is { } answer ? ProxyAnswer.Items(answer) : [],
        context.CancellationToken).ConfigureAwait(false);

    private static Task<T> AskAsync<T>(ProxyClient proxy, HandlerContext context, Func<AnswerObject?, T> read) => proxy.AskAsync(
        context.Client,
        json =>
        {
            json.WriteString("user", context.Client.User);
            json.WriteString("channel", context.Target);
            if (context.Key is { } key) json.WriteString("key", key);
            proxy.WritePayload(json, "data", context.Data);
        },
        read,
        context.CancellationToken);
}
