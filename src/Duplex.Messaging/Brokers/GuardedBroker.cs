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

    public ValueTask SubscribeAsync(string channel)
    {
        try
        {
            return broker.SubscribeAsync(channel);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    public ValueTask UnsubscribeAsync(string channel)
    {
        try
        {
            return broker.UnsubscribeAsync(channel);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

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

    public ValueTask<HistoryPage> ReadHistoryAsync(string channel, HistoryQuery query, StreamOptions stream)
    {
        try
        {
            return broker.ReadHistoryAsync(channel, query, stream);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<HistoryPage>(exception);
        }
    }

    public ValueTask RemoveHistoryAsync(string channel)
    {
        try
        {
            return broker.RemoveHistoryAsync(channel);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    public ValueTask PublishJoinAsync(string channel, ClientInfo info)
    {
        try
        {
            return broker.PublishJoinAsync(channel, info);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    public ValueTask PublishLeaveAsync(string channel, ClientInfo info)
    {
        try
        {
            return broker.PublishLeaveAsync(channel, info);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }
}
