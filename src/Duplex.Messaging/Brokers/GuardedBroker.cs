using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>
/// Wraps the application's broker so that an exception thrown by a call becomes a failed task: a fault of the broker fails only
/// the operation that needs it. The hub calls the broker only through this class.
/// </summary>
internal sealed class GuardedBroker(IBroker broker) : IBroker
{
    public void Attach(IBrokerReceiver receiver) => broker.Attach(receiver);

    // The async method turns a thrown exception into a failed task. A call that completes synchronously allocates nothing.
    public async ValueTask SubscribeAsync(string channel, CancellationToken cancellationToken = default) => await broker.SubscribeAsync(channel, cancellationToken).ConfigureAwait(false);

    public async ValueTask UnsubscribeAsync(string channel, CancellationToken cancellationToken = default) => await broker.UnsubscribeAsync(channel, cancellationToken).ConfigureAwait(false);

    // Called once per publication, so without a state machine: bench/compare's "publish" measures its cost.
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
