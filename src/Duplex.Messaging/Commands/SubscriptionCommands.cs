using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Commands;

/// <summary>Executes and reports the commands that make, renew and end subscriptions. Called on the client's shard.</summary>
internal sealed class SubscriptionCommands(
    CommandReports reports, ClientSubscriber subscriber, ClientUnsubscriber unsubscriber, SubscriptionRenewal renewal, Poller poller)
{
    public ValueTask<Outcome<Result>> SubscribeAsync(Client client, SubscribeRequest request) =>
        reports.Begin(client, "subscribe", request.Channel).EndAsync(subscriber.SubscribeAsync(client, request));

    public ValueTask<Outcome<Result>> UnsubscribeAsync(Client client, UnsubscribeRequest request) =>
        new(reports.Begin(client, "unsubscribe", request.Channel).End(unsubscriber.Unsubscribe(client, request.Channel)));

    public ValueTask<Outcome<Result>> RefreshAsync(Client client, SubRefreshRequest request) => request.Type switch
    {
        SubRefreshType.Refresh => reports.Begin(client, "sub_refresh", request.Channel).EndAsync(renewal.RefreshAsync(client, request.Channel, request.Token)),
        SubRefreshType.Track => reports.Begin(client, "track", request.Channel).EndAsync(poller.TrackAsync(client, request)),
        SubRefreshType.Untrack => new(reports.Begin(client, "untrack", request.Channel).End(Poller.Untrack(client, request))),
        _ => new(reports.Begin(client, "sub_refresh", request.Channel).End<Result>(ClientErrors.BadRequest.Because("The type of the refresh is unknown."))),
    };
}
