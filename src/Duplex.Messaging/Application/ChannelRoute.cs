using Duplex.Messaging.Polling;

namespace Duplex.Messaging.Application;

/// <summary>The handlers of the channels of one pattern. Null leaves the decision to the namespace's options.</summary>
/// <param name="pattern">Which channels.</param>
public sealed class ChannelRoute(ChannelPattern pattern)
{
    /// <summary>Which channels.</summary>
    public ChannelPattern Pattern { get; } = pattern;

    /// <summary>
    /// Decides about subscriptions: false refuses, true or null grants, <see cref="SubscribeReply"/> grants with more,
    /// bytes grant and are the reply's data.
    /// </summary>
    public Handler? Subscribe { get; set => field = Once(field, value, "subscribe"); }

    /// <summary>
    /// Decides about publications of clients: false refuses, true or null publishes, bytes are published in place of what
    /// was sent, <see cref="PublishReply"/> publishes with more.
    /// </summary>
    public Handler? Publish { get; set => field = Once(field, value, "publish"); }

    /// <summary>Decides about entries that clients remove from a map: false refuses, true or null removes.</summary>
    public Handler? Remove { get; set => field = Once(field, value, "remove"); }

    /// <summary>Is told when a client is in, its reply written. Each join is followed by one leave.</summary>
    public Handler? Join { get; set => field = Once(field, value, "join"); }

    /// <summary>Is told when a client has left, however that came.</summary>
    public Handler? Leave { get; set => field = Once(field, value, "leave"); }

    /// <summary>
    /// Renews subscriptions that expire: false or null lets it end, a <see cref="DateTimeOffset"/> is the new expiry,
    /// <see cref="RefreshReply"/> says more. When it throws or its error is temporary, it is called again every 5 seconds until
    /// <see cref="HubOptions.ExpiredSubscriptionDelay"/> is over.
    /// </summary>
    public Handler? Refresh { get; set => field = Once(field, value, "refresh"); }

    /// <summary>Decides about reading presence: false refuses, true or null grants.</summary>
    public Handler? Presence { get; set => field = Once(field, value, "presence"); }

    /// <summary>Decides about reading history: false refuses, true or null grants.</summary>
    public Handler? History { get; set => field = Once(field, value, "history"); }

    /// <summary>Answers for the keys that clients track, in namespaces of the type <see cref="Channels.SubscriptionType.SharedPoll"/>.</summary>
    public PollHandler? Poll { get; set => field = Once(field, value, "poll"); }

    private T? Once<T>(T? present, T? handler, string kind)
        where T : Delegate => Registration.Once(present, handler, kind, $"the channels '{Pattern.Text}'");
}
