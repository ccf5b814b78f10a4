namespace Duplex.Messaging.Commands;

/// <summary>Sends a message to the application. It has no reply.</summary>
internal sealed class SendRequest : Request
{
    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }
}
