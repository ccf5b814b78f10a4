namespace Duplex.Centrifuge.Model.Results;

/// <summary>What a call returned.</summary>
public sealed class RpcResult : Result
{
    /// <summary>The payload; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}
