using System.Diagnostics;
using System.Net;
using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Reporting;

/// <summary>
/// The activities of the source <c>Duplex</c>, listed in docs/guides/monitoring.md. Without listeners no activity is created.
/// Safe from any thread.
/// </summary>
internal static class HubActivities
{
    public const string SourceName = "Duplex";

    private const string Channel = "messaging.destination.name";
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";

    private static readonly ActivitySource Source = new(SourceName);

    // Names of activities by method, so that starting one concatenates no strings.
    private static readonly Dictionary<string, (string Command, string Handler)> Names = new[]
    {
        "connect", "subscribe", "unsubscribe", "publish", "remove", "history", "presence", "presence_stats", "rpc", "send",
        "refresh", "sub_refresh", "track", "untrack", "disconnect", "join", "leave", "authorize",
    }.ToDictionary(static method => method, static method => ($"duplex.command.{method}", $"duplex.handler.{method}"), StringComparer.Ordinal);

    /// <summary>Whether the source has listeners.</summary>
    public static bool IsObserved => Source.HasListeners();

    /// <summary>Starts the activity of a client's command.</summary>
    /// <param name="client">The client.</param>
    /// <param name="method">The command's name.</param>
    /// <param name="target">The channel, or the method of a call; empty when there is neither.</param>
    /// <param name="headers">The header fields that the client supplies, which may contain a W3C trace context; null when there are none.</param>
    public static Activity? StartCommand(ClientContext client, string method, string target, IReadOnlyDictionary<string, string>? headers)
    {
        if (!IsObserved) return null;
        var activity = Source.StartActivity(NameOf(method).Command, ActivityKind.Server, ParentOf(headers));
        if (activity is not { IsAllDataRequested: true }) return activity;
        Describe(activity, client, method, target);
        return activity;
    }

    /// <summary>Starts the activity of a handler's call, a child of the command's activity.</summary>
    public static Activity? StartHandler(string type, string target)
    {
        if (!IsObserved) return null;
        var activity = Source.StartActivity(NameOf(type).Handler);
        if (activity is not { IsAllDataRequested: true }) return activity;
        activity.SetTag(HubMetrics.HandlerTag, type);
        if (target.Length > 0) activity.SetTag(type == "rpc" ? "rpc.method" : Channel, target);
        return activity;
    }

    /// <summary>Publishes within an activity, to which deliveries are linked.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publish">The function that publishes.</param>
    /// <param name="state">The argument of <paramref name="publish"/>.</param>
    public static async ValueTask<TResult> PublishAsync<TState, TResult>(string channel, Func<TState, ValueTask<TResult>> publish, TState state)
    {
        using var activity = Source.StartActivity("duplex.publish", ActivityKind.Producer)?.SetTag(Channel, channel);
        try
        {
            return await publish(state).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (activity is not null) Fail(activity, exception.GetType().FullName!, exception.Message);
            throw;
        }
    }

    /// <summary>Starts the activity of a delivery to the subscribers of one shard, linked to the publisher's activity.</summary>
    public static Activity? StartDelivery(string channel, ActivityContext publisher) => Source.StartActivity(
        ActivityKind.Consumer, parentContext: default, [new(Channel, channel)], [new ActivityLink(publisher)], name: "duplex.deliver");

    /// <summary>Marks an activity as failed.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="code">The code of the refusal, or the name of an exception's type.</param>
    /// <param name="reason">The cause of the failure.</param>
    public static void Fail(Activity activity, string code, string reason)
    {
        activity.SetTag(HubMetrics.ErrorTag, code);
        activity.SetStatus(ActivityStatusCode.Error, reason);
    }

    private static (string Command, string Handler) NameOf(string method) =>
        Names.TryGetValue(method, out var names) ? names : ($"duplex.command.{method}", $"duplex.handler.{method}");

    private static ActivityContext ParentOf(IReadOnlyDictionary<string, string>? headers) =>
        headers is not null
        && headers.TryGetValue(TraceParent, out var parent)
        && ActivityContext.TryParse(parent, headers.GetValueOrDefault(TraceState), isRemote: true, out var context)
            ? context
            : default;

    private static void Describe(Activity activity, ClientContext client, string method, string target)
    {
        activity.SetTag(HubMetrics.MethodTag, method);
        activity.SetTag("duplex.client.id", client.Id);
        activity.SetTag("duplex.client.transport", client.Transport);
        if (client.User.Length > 0) activity.SetTag("user.id", client.User);
        if (client.RemoteEndPoint is IPEndPoint remote)
        {
            activity.SetTag("network.peer.address", remote.Address.ToString());
            activity.SetTag("network.peer.port", remote.Port);
        }

        if (target.Length > 0) activity.SetTag(method == "rpc" ? "rpc.method" : Channel, target);
    }
}
