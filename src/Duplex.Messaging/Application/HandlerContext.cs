using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Application;

/// <summary>What a handler is called with.</summary>
public sealed class HandlerContext
{
    /// <summary>The client it is about.</summary>
    public required ClientContext Client { get; init; }

    /// <summary>The channel, or the method of a call; empty for connect and disconnect.</summary>
    public string Target { get; init; } = "";

    /// <summary>The parts of the channel's name by their names in the pattern.</summary>
    public ChannelValues Values { get; init; }

    /// <summary>The payload; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Is cancelled when the client has gone.</summary>
    public CancellationToken CancellationToken => Client.Disconnected;
}
