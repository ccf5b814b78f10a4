using Duplex.Messaging.Clients;

namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>Reports that a client joined a channel.</summary>
internal sealed class JoinPush(ClientInfo info) : Push
{
    /// <summary>The client.</summary>
    public ClientInfo Info { get; } = info;
}
