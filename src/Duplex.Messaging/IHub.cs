using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging;

/// <summary>
/// What a server does with its channels and clients. All members are safe from any thread. Operations on channels
/// throw <see cref="ClientException"/> for an unknown namespace or a feature that is off.
/// </summary>
public interface IHub
{
    /// <summary>Publishes bytes: a JSON value where clients speak JSON.</summary>
    ValueTask<PublishResult> PublishAsync(
        string channel, ReadOnlyMemory<byte> data, PublishOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Publishes a message as JSON, by the type information registered for it.</summary>
    ValueTask<PublishResult> PublishAsync<TMessage>(
        string channel, TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default);
}
