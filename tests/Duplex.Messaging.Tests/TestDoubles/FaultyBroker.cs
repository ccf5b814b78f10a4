using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Tests.TestDoubles;

/// <summary>A broker that first does what the test says: throws, fails, or takes its time. It is told the member's name.</summary>
internal sealed class FaultyBroker(IBroker broker, Func<string, ValueTask> before) : IBroker
{
    public void Attach(IBrokerReceiver receiver) => broker.Attach(receiver);

    public ValueTask SubscribeAsync(string channel, CancellationToken cancellationToken = default) => RunAsync(before(nameof(SubscribeAsync)), () => broker.SubscribeAsync(channel, cancellationToken));

    public ValueTask UnsubscribeAsync(string channel, CancellationToken cancellationToken = default) => RunAsync(before(nameof(UnsubscribeAsync)), () => broker.UnsubscribeAsync(channel, cancellationToken));

    public ValueTask<PublishResult> PublishAsync(string channel, Publication publication, StreamOptions stream, PublishOptions options, CancellationToken cancellationToken = default) =>
        RunAsync(before(nameof(PublishAsync)), () => broker.PublishAsync(channel, publication, stream, options, cancellationToken));

    public ValueTask<HistoryPage> ReadHistoryAsync(string channel, HistoryQuery query, StreamOptions stream, CancellationToken cancellationToken = default) =>
        RunAsync(before(nameof(ReadHistoryAsync)), () => broker.ReadHistoryAsync(channel, query, stream, cancellationToken));

    public ValueTask RemoveHistoryAsync(string channel, CancellationToken cancellationToken = default) => RunAsync(before(nameof(RemoveHistoryAsync)), () => broker.RemoveHistoryAsync(channel, cancellationToken));

    public ValueTask PublishJoinAsync(string channel, ClientInfo info, CancellationToken cancellationToken = default) => RunAsync(before(nameof(PublishJoinAsync)), () => broker.PublishJoinAsync(channel, info, cancellationToken));

    public ValueTask PublishLeaveAsync(string channel, ClientInfo info, CancellationToken cancellationToken = default) => RunAsync(before(nameof(PublishLeaveAsync)), () => broker.PublishLeaveAsync(channel, info, cancellationToken));

    private static async ValueTask RunAsync(ValueTask first, Func<ValueTask> call)
    {
        await first.ConfigureAwait(false);
        await call().ConfigureAwait(false);
    }

    private static async ValueTask<T> RunAsync<T>(ValueTask first, Func<ValueTask<T>> call)
    {
        await first.ConfigureAwait(false);
        return await call().ConfigureAwait(false);
    }
}
