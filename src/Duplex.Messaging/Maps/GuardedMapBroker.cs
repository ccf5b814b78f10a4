using Duplex.Messaging.Brokers;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>
/// Another map broker, of which a call that throws fails as a task does: what the application supplies may break off no more
/// than the one operation that needs it. The hub calls no map broker but through this.
/// </summary>
internal sealed class GuardedMapBroker(IMapBroker maps) : IMapBroker
{
    public void Attach(IMapReceiver receiver) => maps.Attach(receiver);

    public ValueTask SubscribeAsync(string channel)
    {
        try
        {
            return maps.SubscribeAsync(channel);
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
            return maps.UnsubscribeAsync(channel);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    public ValueTask<MapPublishResult> PublishAsync(string channel, Publication publication, MapStorageOptions storage, MapPublishOptions options)
    {
        try
        {
            return maps.PublishAsync(channel, publication, storage, options);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<MapPublishResult>(exception);
        }
    }

    public ValueTask<MapPublishResult> RemoveAsync(string channel, Publication publication, MapStorageOptions storage, string? idempotencyKey = null)
    {
        try
        {
            return maps.RemoveAsync(channel, publication, storage, idempotencyKey);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<MapPublishResult>(exception);
        }
    }

    public ValueTask<MapStatePage> ReadStateAsync(string channel, MapStateQuery query, MapStorageOptions storage)
    {
        try
        {
            return maps.ReadStateAsync(channel, query, storage);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<MapStatePage>(exception);
        }
    }

    public ValueTask<HistoryPage> ReadStreamAsync(string channel, HistoryQuery query, MapStorageOptions storage)
    {
        try
        {
            return maps.ReadStreamAsync(channel, query, storage);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<HistoryPage>(exception);
        }
    }

    public ValueTask<int> CountAsync(string channel, MapStorageOptions storage)
    {
        try
        {
            return maps.CountAsync(channel, storage);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<int>(exception);
        }
    }

    public ValueTask ClearAsync(string channel)
    {
        try
        {
            return maps.ClearAsync(channel);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }
}
