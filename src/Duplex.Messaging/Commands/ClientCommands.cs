using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Commands;

/// <summary>Executes the commands of clients. Members are called on the client's shard.</summary>
public sealed class ClientCommands
{
    private readonly CommandAuthorizer _authorizer;
    private readonly ClientConnector _connector;
    private readonly ClientSubscriber _subscriber;
    private readonly ClientUnsubscriber _unsubscriber;
    private readonly SubscriptionRenewal _renewal;
    private readonly SubscriptionActivator _activator;
    private readonly ChannelReader _reader;
    private readonly ClientCaller _caller;
    private readonly ChannelPublisher _publisher;
    private readonly MapPublisher _mapPublisher;
    private readonly Poller _poller;

    internal ClientCommands(
        CommandAuthorizer authorizer,
        ClientConnector connector,
        ClientSubscriber subscriber,
        ClientUnsubscriber unsubscriber,
        SubscriptionRenewal renewal,
        SubscriptionActivator activator,
        ChannelReader reader,
        ClientCaller caller,
        ChannelPublisher publisher,
        MapPublisher mapPublisher,
        Poller poller)
    {
        _authorizer = authorizer;
        _connector = connector;
        _subscriber = subscriber;
        _unsubscriber = unsubscriber;
        _renewal = renewal;
        _activator = activator;
        _reader = reader;
        _caller = caller;
        _publisher = publisher;
        _mapPublisher = mapPublisher;
        _poller = poller;
    }

    /// <summary>Executes a command that has a reply. A refusal is logged.</summary>
    /// <param name="client">The client that sent it.</param>
    /// <param name="request">The command. Before the client is connected only a connect command is valid; the caller checks this.</param>
    /// <returns>The result, the error of the reply, or the disconnect that ends the connection.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The request has no reply, as <see cref="SendRequest"/>.</exception>
    public ValueTask<Outcome<Result>> ExecuteAsync(Client client, Request request)
    {
        if (!_authorizer.IsActive) return ExecuteAllowedAsync(client, request);
        return request switch
        {
            RpcRequest call => ExecuteAsync(client, request, "rpc", call.Method, _authorizer.CheckCallAsync(client, call.Method, call.Data)),
            PublishRequest { Removed: true } remove => ExecuteAsync(client, request, "remove", remove.Channel),
            PublishRequest publish => ExecuteAsync(client, request, "publish", publish.Channel),
            PresenceRequest presence => ExecuteAsync(client, request, "presence", presence.Channel),
            PresenceStatsRequest stats => ExecuteAsync(client, request, "presence_stats", stats.Channel),
            HistoryRequest history => ExecuteAsync(client, request, "history", history.Channel),
            SubRefreshRequest { Type: SubRefreshType.Track } track => ExecuteAsync(client, request, "track", track.Channel),
            SubRefreshRequest { Type: not SubRefreshType.Untrack } refresh => ExecuteAsync(client, request, "sub_refresh", refresh.Channel),
            // A subscription is checked where it is made, because a one-way client subscribes as it connects. Unsubscribing needs no permission.
            _ => ExecuteAllowedAsync(client, request),
        };
    }

    private ValueTask<Outcome<Result>> ExecuteAsync(Client client, Request request, string method, string channel) => channel.Length == 0
        ? ExecuteAllowedAsync(client, request)
        : ExecuteAsync(client, request, method, channel, _authorizer.CheckChannelAsync(client, channel));

    private async ValueTask<Outcome<Result>> ExecuteAsync(Client client, Request request, string method, string target, ValueTask<Outcome<Done>> check)
    {
        var allowed = await check.OnShard(client.Shard);
        return allowed.IsSuccess
            ? await ExecuteAllowedAsync(client, request).OnShard(client.Shard)
            : Begin(client, method, target).End(allowed.Failure<Result>());
    }

    private ValueTask<Outcome<Result>> ExecuteAllowedAsync(Client client, Request request) => request switch
    {
        ConnectRequest connect => Begin(client, "connect", headers: connect.Headers).EndAsync(_connector.ConnectAsync(client, connect)),
        SubscribeRequest subscribe => Begin(client, "subscribe", subscribe.Channel).EndAsync(_subscriber.SubscribeAsync(client, subscribe)),
        UnsubscribeRequest unsubscribe => new(Begin(client, "unsubscribe", unsubscribe.Channel).End(_unsubscriber.Unsubscribe(client, unsubscribe.Channel))),
        PublishRequest publish => PublishAsync(client, publish),
        PresenceRequest presence => Begin(client, "presence", presence.Channel).EndAsync(_reader.PresenceForClientAsync(client, presence.Channel)),
        PresenceStatsRequest stats => Begin(client, "presence_stats", stats.Channel).EndAsync(_reader.PresenceStatsForClientAsync(client, stats.Channel)),
        HistoryRequest history => Begin(client, "history", history.Channel).EndAsync(_reader.HistoryForClientAsync(client, history)),
        RpcRequest call => Begin(client, "rpc", call.Method).EndAsync(_caller.CallAsync(client, call.Method, call.Data)),
        RefreshRequest refresh => Begin(client, "refresh").EndAsync(_connector.RefreshAsync(client, refresh.Token)),
        SubRefreshRequest refresh => RefreshAsync(client, refresh),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    /// <summary>Reports a command that the dialect refuses, and returns the outcome.</summary>
    public static Outcome<Result> Refuse(Client client, string command, string target, ClientError error) => Begin(client, command, target).End<Result>(error);

    /// <summary>Passes an asynchronous message to the application.</summary>
    /// <returns>False when the application has no handler for messages.</returns>
    public bool Receive(Client client, SendRequest message) => _caller.Receive(client, message.Data);

    /// <summary>Starts delivering publications to the subscriptions of a result after its reply was written. Does nothing for other results.</summary>
    public void Activate(Client client, Result result)
    {
        switch (result)
        {
            case SubscribeResult subscription:
                _activator.Activate(subscription);
                break;
            case ConnectResult connect:
                foreach (var subscription in connect.Subscriptions) _activator.Activate(subscription);
                break;
        }
    }

    private ValueTask<Outcome<Result>> PublishAsync(Client client, PublishRequest request) => request.Type switch
    {
        SubscriptionType.Stream => Begin(client, "publish", request.Channel).EndAsync(_publisher.PublishByClientAsync(client, request.Channel, request.Data)),
        SubscriptionType.Map when request.Removed => Begin(client, "remove", request.Channel).EndAsync(_mapPublisher.RemoveByClientAsync(client, request.Channel, request.Key)),
        SubscriptionType.Map => Begin(client, "publish", request.Channel).EndAsync(_mapPublisher.PublishByClientAsync(client, request.Channel, request.Key, request.Data)),
        _ => new(Refuse(client, "publish", request.Channel, ClientErrors.BadRequest.Because("The type of the publication is neither stream nor map."))),
    };

    private ValueTask<Outcome<Result>> RefreshAsync(Client client, SubRefreshRequest request) => request.Type switch
    {
        SubRefreshType.Refresh => Begin(client, "sub_refresh", request.Channel).EndAsync(_renewal.RefreshAsync(client, request.Channel, request.Token)),
        SubRefreshType.Track => Begin(client, "track", request.Channel).EndAsync(_poller.TrackAsync(client, request)),
        SubRefreshType.Untrack => new(Begin(client, "untrack", request.Channel).End(Poller.Untrack(client, request))),
        _ => new(Refuse(client, "sub_refresh", request.Channel, ClientErrors.BadRequest.Because("The type of the refresh is unknown."))),
    };

    private static CommandReport Begin(Client client, string method, string target = "", IReadOnlyDictionary<string, string>? headers = null) =>
        CommandReport.Begin(client, method, target, headers);
}
