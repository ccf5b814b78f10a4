using Duplex.Messaging.Transports;

namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>The connection ends; the last push on transports without close codes.</summary>
public sealed class DisconnectPush(Disconnect disconnect) : Push
{
    /// <summary>Why. Its code decides whether the client returns.</summary>
    public Disconnect Disconnect { get; } = disconnect;
}
