namespace Duplex.Centrifuge.Model.Requests;

/// <summary>A call of the application.</summary>
public sealed class RpcRequest : Request
{
    /// <summary>The method; may be empty.</summary>
    public string Method { get; init; } = "";

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}
