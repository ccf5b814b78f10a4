using Duplex.Messaging.Polling;

namespace Duplex.Messaging.Application;

/// <summary>The handlers for the channels that match one pattern. A null handler leaves the decision to the namespace's options.</summary>
/// <param name="pattern">The pattern of the channels.</param>
internal sealed class ChannelRoute(ChannelPattern pattern)
{
    /// <summary>The pattern of the channels.</summary>
    public ChannelPattern Pattern { get; } = pattern;

    /// <summary>
    /// Authorizes every command of clients for the channel except unsubscribing, before tokens, handlers and options
    /// decide too. Without <see cref="Subscribe"/>, a client that it allows may subscribe; it grants nothing else. Subscriptions
    /// that the server makes are not checked. A denial is <see cref="Codes.ClientErrors.PermissionDenied"/> (103) unless it has
    /// an error of its own.
    /// </summary>
    public Handler<AccessDecision>? Authorize { get; set => field = Once(field, value, "authorize"); }

    /// <summary>Decides about subscriptions of clients that have no token for the channel.</summary>
    public Handler<SubscribeDecision>? Subscribe { get; set => field = Once(field, value, "subscribe"); }

    /// <summary>Decides about publications of clients, including those of map entries.</summary>
    public Handler<PublishDecision>? Publish { get; set => field = Once(field, value, "publish"); }

    /// <summary>Decides about the removal of map entries by clients.</summary>
    public Handler<AccessDecision>? Remove { get; set => field = Once(field, value, "remove"); }

    /// <summary>Called when a client has subscribed and its reply was written. Each join is followed by one leave.</summary>
    public Handler? Join { get; set => field = Once(field, value, "join"); }

    /// <summary>Called when a client has left, regardless of the cause.</summary>
    public Handler? Leave { get; set => field = Once(field, value, "leave"); }

    /// <summary>
    /// Renews subscriptions that expire. When it throws or returns a temporary error, it is called again every 5 seconds until
    /// <see cref="HubOptions.ExpiredSubscriptionDelay"/> is over.
    /// </summary>
    public Handler<RefreshDecision>? Refresh { get; set => field = Once(field, value, "refresh"); }

    /// <summary>Decides about reading presence.</summary>
    public Handler<AccessDecision>? Presence { get; set => field = Once(field, value, "presence"); }

    /// <summary>Decides about reading history.</summary>
    public Handler<AccessDecision>? History { get; set => field = Once(field, value, "history"); }

    /// <summary>Returns the values of the keys that clients track, in namespaces of the type <see cref="Channels.SubscriptionType.SharedPoll"/>.</summary>
    public PollHandler? Poll { get; set => field = Once(field, value, "poll"); }

    private T? Once<T>(T? present, T? handler, string kind)
        where T : Delegate => Registration.Once(present, handler, kind, $"the channels '{Pattern.Text}'");
}
