using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Tests.Session.Doubles;

/// <summary>A broker that keeps everything and, when the test says so, does not tell the hub.</summary>
internal sealed class LossyBroker(IBroker broker) : IBroker, IBrokerReceiver
{
    private IBrokerReceiver _receiver = null!;

    public bool LosesPublications { get; set; }

    public void Attach(IBrokerReceiver receiver)
    {
        _receiver = receiver;
        broker.Attach(this);
    }

    public ValueTask SubscribeAsync(string channel) => broker.SubscribeAsync(channel);

    public ValueTask UnsubscribeAsync(string channel) => broker.UnsubscribeAsync(channel);

    public ValueTask<PublishResult> PublishAsync(string channel, Publication publication, StreamOptions stream, PublishOptions options) =>
        broker.PublishAsync(channel, publication, stream, options);

    public ValueTask<HistoryPage> ReadHistoryAsync(string channel, HistoryQuery query, StreamOptions stream) =>
        broker.ReadHistoryAsync(channel, query, stream);

    public ValueTask RemoveHistoryAsync(string channel) => broker.RemoveHistoryAsync(channel);

    public ValueTask PublishJoinAsync(string channel, ClientInfo info) => broker.PublishJoinAsync(channel, info);

    public ValueTask PublishLeaveAsync(string channel, ClientInfo info) => broker.PublishLeaveAsync(channel, info);

    public void OnPublication(string channel, Publication publication, Publication? previous, string epoch)
    {
        if (!LosesPublications) _receiver.OnPublication(channel, publication, previous, epoch);
    }

    public void OnJoin(string channel, ClientInfo info) => _receiver.OnJoin(channel, info);

    public void OnLeave(string channel, ClientInfo info) => _receiver.OnLeave(channel, info);
}
