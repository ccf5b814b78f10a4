using Duplex.Messaging.Codes;

namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>Announces the end of the connection. The last push on transports without close codes.</summary>
internal sealed class DisconnectPush(Disconnect disconnect) : Push
{
    /// <summary>The code and the reason. The code determines whether the client reconnects.</summary>
    public Disconnect Disconnect { get; } = disconnect;

    /// <summary>Whether a client that receives this code reconnects.</summary>
    public bool IsReconnectAdvised => Disconnect.Code is < 3500 or (>= 4000 and < 4500);
}
