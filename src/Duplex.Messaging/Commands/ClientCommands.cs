using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Commands;

/// <summary>Executes the commands of clients. Members are for the client's shard.</summary>
public sealed class ClientCommands
{
    private readonly Hub _hub;

    internal ClientCommands(Hub hub) => _hub = hub;

    /// <summary>Executes a command that has a reply. A command that is refused is logged.</summary>
    /// <param name="client">The client that sent it.</param>
    /// <param name="request">The command. Only a connect counts before the client is connected; the caller checks that.</param>
    /// <returns>The result, the error to reply, or the reason to end the connection.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The request has no reply: <see cref="SendRequest"/>.</exception>
    public ValueTask<Outcome<Result>> ExecuteAsync(Client client, Request request) => request switch
    {
        ConnectRequest connect => Begin(client, "connect", headers: connect.Headers).EndAsync(_hub.Connector.ConnectAsync(client, connect)),
        SubscribeRequest subscribe => Begin(client, "subscribe", subscribe.Channel).EndAsync(_hub.Subscriber.SubscribeAsync(client, subscribe)),
        UnsubscribeRequest unsubscribe => new(Begin(client, "unsubscribe", unsubscribe.Channel).End(_hub.Subscriber.Unsubscribe(client, unsubscribe.Channel))),
        PublishRequest publish => PublishAsync(client, publish),
        PresenceRequest presence => Begin(client, "presence", presence.Channel).EndAsync(_hub.Reader.PresenceForClientAsync(client, presence.Channel)),
        PresenceStatsRequest stats => Begin(client, "presence_stats", stats.Channel).EndAsync(_hub.Reader.PresenceStatsForClientAsync(client, stats.Channel)),
        HistoryRequest history => Begin(client, "history", history.Channel).EndAsync(_hub.Reader.HistoryForClientAsync(client, history)),
        RpcRequest call => Begin(client, "rpc", call.Method).EndAsync(_hub.Caller.CallAsync(client, call.Method, call.Data)),
        RefreshRequest refresh => Begin(client, "refresh").EndAsync(_hub.Connector.RefreshAsync(client, refresh.Token)),
        SubRefreshRequest refresh => RefreshAsync(client, refresh),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    /// <summary>Reports a command that the dialect refuses, and returns the outcome.</summary>
    public static Outcome<Result> Refuse(Client client, string command, string target, ClientError error) => Begin(client, command, target).End<Result>(error);

    /// <summary>Passes an asynchronous message to the application.</summary>
    /// <returns>False when the application has no handler for messages.</returns>
    public bool Receive(Client client, SendRequest message) => _hub.Caller.Receive(client, message.Data);

    /// <summary>Lets publications flow to the subscriptions of a result whose reply is written. Other results change nothing.</summary>
    public void Activate(Client client, Result result)
    {
        switch (result)
        {
            case SubscribeResult subscription:
                _hub.Subscriber.Activate(client, subscription);
                break;
            case ConnectResult connect:
                foreach (var subscription in connect.Subscriptions) _hub.Subscriber.Activate(client, subscription);
                break;
        }
    }

    private ValueTask<Outcome<Result>> PublishAsync(Client client, PublishRequest request) => request.Type switch
    {
        SubscriptionType.Stream => Begin(client, "publish", request.Channel).EndAsync(_hub.Publisher.PublishByClientAsync(client, request.Channel, request.Data)),
        SubscriptionType.Map when request.Removed => Begin(client, "remove", request.Channel).EndAsync(_hub.MapPublisher.RemoveByClientAsync(client, request.Channel, request.Key)),
        SubscriptionType.Map => Begin(client, "publish", request.Channel).EndAsync(_hub.MapPublisher.PublishByClientAsync(client, request.Channel, request.Key, request.Data)),
        _ => new(Refuse(client, "publish", request.Channel, ClientErrors.BadRequest.Because("The type of the publication is neither stream nor map."))),
    };

    private ValueTask<Outcome<Result>> RefreshAsync(Client client, SubRefreshRequest request) => request.Type switch
    {
        SubRefreshType.Refresh => Begin(client, "sub_refresh", request.Channel).EndAsync(_hub.Subscriber.RefreshAsync(client, request.Channel, request.Token)),
        SubRefreshType.Track => Begin(client, "track", request.Channel).EndAsync(_hub.Poller.TrackAsync(client, request)),
        SubRefreshType.Untrack => new(Begin(client, "untrack", request.Channel).End(Poller.Untrack(client, request))),
        _ => new(Refuse(client, "sub_refresh", request.Channel, ClientErrors.BadRequest.Because("The type of the refresh is unknown."))),
    };

    private static CommandReport Begin(Client client, string method, string target = "", IReadOnlyDictionary<string, string>? headers = null) =>
        CommandReport.Begin(client, method, target, headers);
}
