using Duplex.Messaging.Application;
using Duplex.Messaging.Polling;

namespace Duplex.Server.Proxies;

/// <summary>The handlers of a channel namespace, each of which calls the backend over HTTP.</summary>
/// <param name="proxies">The proxies to call.</param>
/// <param name="clientOf">Creates the client of a proxy.</param>
internal sealed class ChannelHandlers(ProxySet proxies, Func<ProxySettings, ProxyClient> clientOf)
{
    /// <summary>Adds the handlers that the namespace enables.</summary>
    public void AddTo(ChannelRoute route, ChannelProxies calls)
    {
        if (Find(calls.Subscribe, proxies.Subscribe) is { } subscribe) route.Subscribe = context => SubscribeAsync(subscribe, context);
        if (Find(calls.Publish, proxies.Publish) is { } publish) route.Publish = context => PublishAsync(publish, context);
        if (Find(calls.MapPublish, proxies.MapPublish) is { } mapPublish) route.Publish = context => PublishAsync(mapPublish, context);
        if (Find(calls.MapRemove, proxies.MapRemove) is { } mapRemove) route.Remove = context => RemoveAsync(mapRemove, context);
        if (Find(calls.SubRefresh, proxies.SubRefresh) is { } refresh) route.Refresh = context => RefreshAsync(refresh, context);
        if (Find(calls.SharedPoll, proxies.SharedPoll) is { } poll) route.Poll = context => PollAsync(poll, context);
    }

    private ProxyClient? Find(ProxyUse use, ProxySettings standard) => use.IsEnabled ? clientOf(proxies.Find(use, standard)) : null;

    private static async ValueTask<SubscribeDecision> SubscribeAsync(ProxyClient proxy, HandlerContext context) =>
        await RequestAsync(proxy, context, static result => ProxyAnswer.Subscribe(Yes(result))).ConfigureAwait(false);

    private static async ValueTask<PublishDecision> PublishAsync(ProxyClient proxy, HandlerContext context) =>
        await RequestAsync(proxy, context, static result => ProxyAnswer.Publish(Yes(result))).ConfigureAwait(false);

    private static async ValueTask<AccessDecision> RemoveAsync(ProxyClient proxy, HandlerContext context)
    {
        await RequestAsync(proxy, context, static result => Yes(result)).ConfigureAwait(false);
        return AccessDecision.Allow();
    }

    // A missing result does not permit the operation.
    private static AnswerObject Yes(AnswerObject? result) =>
        result ?? throw new AnswerFault("result is missing: {\"result\":{}} permits the operation, {\"error\":{\"code\":403,\"message\":\"no\"}} rejects it.");

    private static async ValueTask<RefreshDecision> RefreshAsync(ProxyClient proxy, HandlerContext context) =>
        await RequestAsync(proxy, context, static result => result is { } answer ? ProxyAnswer.Refresh(answer) : RefreshDecision.Deny()).ConfigureAwait(false);

    // One request serves all clients of the node, so it identifies none of them.
    private static async ValueTask<IReadOnlyList<PolledItem>> PollAsync(ProxyClient proxy, PollContext context) => await proxy.RequestAsync(
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

    private static Task<T> RequestAsync<T>(ProxyClient proxy, HandlerContext context, Func<AnswerObject?, T> read) => proxy.RequestAsync(
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
