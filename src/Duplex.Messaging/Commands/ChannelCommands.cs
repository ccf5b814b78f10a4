using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Commands;

/// <summary>Executes and reports the commands that publish to channels and read them. Called on the client's shard.</summary>
internal sealed class ChannelCommands(CommandReports reports, ChannelPublisher publisher, MapPublisher mapPublisher, ChannelReader reader)
{
    public ValueTask<Outcome<Result>> PublishAsync(Client client, PublishRequest request) => request.Type switch
    {
        SubscriptionType.Stream => reports.Begin(client, "publish", request.Channel).EndAsync(publisher.PublishByClientAsync(client, request.Channel, request.Data)),
        SubscriptionType.Map when request.Removed => reports.Begin(client, "remove", request.Channel).EndAsync(mapPublisher.RemoveByClientAsync(client, request.Channel, request.Key)),
        SubscriptionType.Map => reports.Begin(client, "publish", request.Channel).EndAsync(mapPublisher.PublishByClientAsync(client, request.Channel, request.Key, request.Data)),
        _ => new(reports.Begin(client, "publish", request.Channel).End<Result>(ClientErrors.BadRequest.Because("The type of the publication is neither stream nor map."))),
    };

    public ValueTask<Outcome<Result>> ReadPresenceAsync(Client client, PresenceRequest request) =>
        reports.Begin(client, "presence", request.Channel).EndAsync(reader.PresenceForClientAsync(client, request.Channel));

    public ValueTask<Outcome<Result>> ReadPresenceStatsAsync(Client client, PresenceStatsRequest request) =>
        reports.Begin(client, "presence_stats", request.Channel).EndAsync(reader.PresenceStatsForClientAsync(client, request.Channel));

    public ValueTask<Outcome<Result>> ReadHistoryAsync(Client client, HistoryRequest request) =>
        reports.Begin(client, "history", request.Channel).EndAsync(reader.HistoryForClientAsync(client, request));
}
