using Duplex.Messaging.Codes;

namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>The connection ends; the last push on transports without close codes.</summary>
public sealed class DisconnectPush(Disconnect disconnect) : Push
{
    /// <summary>Why. Its code decides whether the client returns.</summary>
    public Disconnect Disconnect { get; } = disconnect;

    /// <summary>Whether a client with this code is to return.</summary>
    public bool IsReconnectAdvised => Disconnect.Code is < 3500 or (>= 4000 and < 4500);
}
