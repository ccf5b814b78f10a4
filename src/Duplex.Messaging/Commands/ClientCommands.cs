using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Commands;

/// <summary>Executes the commands of clients. Members are called on the client's shard.</summary>
internal sealed class ClientCommands
{
    private readonly CommandAuthorizer _authorizer;
    private readonly CommandReports _reports;
    private readonly ConnectionCommands _connections;
    private readonly SubscriptionCommands _subscriptions;
    private readonly ChannelCommands _channels;
    private readonly SubscriptionActivator _activator;
    private readonly ClientCaller _caller;

    internal ClientCommands(
        CommandAuthorizer authorizer,
        CommandReports reports,
        ConnectionCommands connections,
        SubscriptionCommands subscriptions,
        ChannelCommands channels,
        SubscriptionActivator activator,
        ClientCaller caller)
    {
        _authorizer = authorizer;
        _reports = reports;
        _connections = connections;
        _subscriptions = subscriptions;
        _channels = channels;
        _activator = activator;
        _caller = caller;
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
            : _reports.Begin(client, method, target).End(allowed.Failure<Result>());
    }

    private ValueTask<Outcome<Result>> ExecuteAllowedAsync(Client client, Request request) => request switch
    {
        ConnectRequest connect => _connections.ConnectAsync(client, connect),
        SubscribeRequest subscribe => _subscriptions.SubscribeAsync(client, subscribe),
        UnsubscribeRequest unsubscribe => _subscriptions.UnsubscribeAsync(client, unsubscribe),
        PublishRequest publish => _channels.PublishAsync(client, publish),
        PresenceRequest presence => _channels.ReadPresenceAsync(client, presence),
        PresenceStatsRequest stats => _channels.ReadPresenceStatsAsync(client, stats),
        HistoryRequest history => _channels.ReadHistoryAsync(client, history),
        RpcRequest call => _connections.CallAsync(client, call),
        RefreshRequest refresh => _connections.RefreshAsync(client, refresh),
        SubRefreshRequest refresh => _subscriptions.RefreshAsync(client, refresh),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    /// <summary>Reports a command that the dialect refuses, and returns the outcome.</summary>
    public Outcome<Result> Refuse(Client client, string command, string target, ClientError error) => _reports.Begin(client, command, target).End<Result>(error);

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
}
