using Duplex.Messaging.Application;

namespace Duplex.Messaging.Polling;

/// <summary>Reads the values of a channel's keys from the application's handler. Safe from any thread.</summary>
internal sealed class PollSource(HandlerInvoker handlers, PollHandler handler, string channel, ChannelValues values)
{
    /// <summary>Returns the items of the keys that have changed since the given versions.</summary>
    public ValueTask<IReadOnlyList<PolledItem>> ReadAsync(IReadOnlyList<PolledKey> keys) =>
        handlers.PollAsync(handler, new PollContext { Channel = channel, Values = values, Keys = keys });
}
