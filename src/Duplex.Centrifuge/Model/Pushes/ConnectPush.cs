using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>The first push of a one-way transport.</summary>
public sealed class ConnectPush(ConnectResult result) : Push
{
    /// <summary>What a connect reply would say.</summary>
    public ConnectResult Result { get; } = result;
}
