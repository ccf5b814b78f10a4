using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>The server subscribed the client.</summary>
public sealed class SubscribePush : Push
{
    /// <summary>Whether the client can recover from a position.</summary>
    public bool Recoverable { get; init; }

    /// <summary>The top of the stream.</summary>
    public StreamPosition Position { get; init; } = new(0, "");

    /// <summary>Whether lost publications are noticed.</summary>
    public bool Positioned { get; init; }

    /// <summary>The application's data; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}
