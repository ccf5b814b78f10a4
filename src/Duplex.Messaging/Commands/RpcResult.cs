namespace Duplex.Messaging.Commands;

/// <summary>The result of a call.</summary>
internal sealed class RpcResult : Result
{
    /// <summary>The payload; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}
