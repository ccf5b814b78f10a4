using Duplex.Messaging.Clients;

namespace Showcase.Applications;

/// <summary>Receives a one-way message of a client, on the client's shard. It must not block.</summary>
/// <param name="client">The client.</param>
/// <param name="content">The value of the message's field as JSON.</param>
/// <returns>Whether the content is valid. A client that sends other content is disconnected.</returns>
public delegate bool MessageReceiver(ClientContext client, ReadOnlyMemory<byte> content);
