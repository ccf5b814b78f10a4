using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>The first push to a client of a one-way transport.</summary>
internal sealed class ConnectPush(ConnectResult result) : Push
{
    /// <summary>The result of the connect, as in a reply.</summary>
    public ConnectResult Result { get; } = result;
}
