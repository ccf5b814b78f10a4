using Duplex.Messaging.Errors;
using Duplex.Messaging.Polling;

namespace Duplex.Messaging;

/// <summary>Publishes to channels of the type SharedPoll.</summary>
public interface IHubPolls
{
    /// <summary>Publishes a new value of a key to the clients that track it, without waiting for the next poll.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="item">The item; a version that is not above the last one changes nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ClientException">The namespace is unknown or is not of the type SharedPoll.</exception>
    ValueTask PublishAsync(string channel, PolledItem item, CancellationToken cancellationToken = default);
}
