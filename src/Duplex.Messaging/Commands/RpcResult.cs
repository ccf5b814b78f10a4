namespace Duplex.Messaging.Commands;

/// <summary>A call returned.</summary>
public sealed class RpcResult : Result
{
    /// <summary>The payload; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}
