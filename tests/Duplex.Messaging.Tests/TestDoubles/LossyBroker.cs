using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Tests.TestDoubles;

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

    public ValueTask SubscribeAsync(string channel, CancellationToken cancellationToken = default) => broker.SubscribeAsync(channel, cancellationToken);

    public ValueTask UnsubscribeAsync(string channel, CancellationToken cancellationToken = default) => broker.UnsubscribeAsync(channel, cancellationToken);

    public ValueTask<PublishResult> PublishAsync(string channel, Publication publication, StreamOptions stream, PublishOptions options, CancellationToken cancellationToken = default) =>
        broker.PublishAsync(channel, publication, stream, options, cancellationToken);

    public ValueTask<HistoryPage> ReadHistoryAsync(string channel, HistoryQuery query, StreamOptions stream, CancellationToken cancellationToken = default) =>
        broker.ReadHistoryAsync(channel, query, stream, cancellationToken);

    public ValueTask RemoveHistoryAsync(string channel, CancellationToken cancellationToken = default) => broker.RemoveHistoryAsync(channel, cancellationToken);

    public ValueTask PublishJoinAsync(string channel, ClientInfo info, CancellationToken cancellationToken = default) => broker.PublishJoinAsync(channel, info, cancellationToken);

    public ValueTask PublishLeaveAsync(string channel, ClientInfo info, CancellationToken cancellationToken = default) => broker.PublishLeaveAsync(channel, info, cancellationToken);

    public void OnPublication(string channel, Publication publication, Publication? previous, string epoch)
    {
        if (!LosesPublications) _receiver.OnPublication(channel, publication, previous, epoch);
    }

    public void OnJoin(string channel, ClientInfo info) => _receiver.OnJoin(channel, info);

    public void OnLeave(string channel, ClientInfo info) => _receiver.OnLeave(channel, info);
}
