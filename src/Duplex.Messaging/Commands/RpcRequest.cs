namespace Duplex.Messaging.Commands;

/// <summary>Calls a method of the application.</summary>
internal sealed class RpcRequest : Request
{
    /// <summary>The method; may be empty.</summary>
    public string Method { get; set; } = "";

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }
}
