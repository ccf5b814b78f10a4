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
    public async ValueTask SubscribeAsync(string channel) => await broker.SubscribeAsync(channel).ConfigureAwait(false);

    public async ValueTask UnsubscribeAsync(string channel) => await broker.UnsubscribeAsync(channel).ConfigureAwait(false);

    // Once for each publication, so without a state machine: bench/compare's "publish" shows its cost.
    public ValueTask<PublishResult> PublishAsync(string channel, Publication publication, StreamOptions stream, PublishOptions options)
    {
        try
        {
            return broker.PublishAsync(channel, publication, stream, options);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<PublishResult>(exception);
        }
    }

    public async ValueTask<HistoryPage> ReadHistoryAsync(string channel, HistoryQuery query, StreamOptions stream) =>
        await broker.ReadHistoryAsync(channel, query, stream).ConfigureAwait(false);

    public async ValueTask RemoveHistoryAsync(string channel) => await broker.RemoveHistoryAsync(channel).ConfigureAwait(false);

    public async ValueTask PublishJoinAsync(string channel, ClientInfo info) => await broker.PublishJoinAsync(channel, info).ConfigureAwait(false);

    public async ValueTask PublishLeaveAsync(string channel, ClientInfo info) => await broker.PublishLeaveAsync(channel, info).ConfigureAwait(false);
}
