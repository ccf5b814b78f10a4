using Duplex.Messaging.Clients;

namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>Reports that a client left a channel.</summary>
internal sealed class LeavePush(ClientInfo info) : Push
{
    /// <summary>The client.</summary>
    public ClientInfo Info { get; } = info;
}
