using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>
/// Another broker, of which a call that throws fails as a task does: what the application supplies may break off no more
/// than the one operation that needs it. The hub calls no broker but through this.
/// </summary>
internal sealed class GuardedBroker(IBroker broker) : IBroker
{
    public void Attach(IBrokerReceiver receiver) => broker.Attach(receiver);

    // The compiler makes failures of tasks out of what is thrown. A call that completes at once allocates nothing.
    public async ValueTask SubscribeAsync(string channel, CancellationToken cancellationToken = default) => await broker.SubscribeAsync(channel, cancellationToken).ConfigureAwait(false);

    public async ValueTask UnsubscribeAsync(string channel, CancellationToken cancellationToken = default) => await broker.UnsubscribeAsync(channel, cancellationToken).ConfigureAwait(false);

    // Once for each publication, so without a state machine: bench/compare's "publish" shows its cost.
    public ValueTask<PublishResult> PublishAsync(string channel, Publication publication, StreamOptions stream, PublishOptions options, CancellationToken cancellationToken = default)
    {
        try
        {
            return broker.PublishAsync(channel, publication, stream, options, cancellationToken);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<PublishResult>(exception);
        }
    }

    public async ValueTask<HistoryPage> ReadHistoryAsync(string channel, HistoryQuery query, StreamOptions stream, CancellationToken cancellationToken = default) =>
        await broker.ReadHistoryAsync(channel, query, stream, cancellationToken).ConfigureAwait(false);

    public async ValueTask RemoveHistoryAsync(string channel, CancellationToken cancellationToken = default) => await broker.RemoveHistoryAsync(channel, cancellationToken).ConfigureAwait(false);

    public async ValueTask PublishJoinAsync(string channel, ClientInfo info, CancellationToken cancellationToken = default) => await broker.PublishJoinAsync(channel, info, cancellationToken).ConfigureAwait(false);

    public async ValueTask PublishLeaveAsync(string channel, ClientInfo info, CancellationToken cancellationToken = default) => await broker.PublishLeaveAsync(channel, info, cancellationToken).ConfigureAwait(false);
}
