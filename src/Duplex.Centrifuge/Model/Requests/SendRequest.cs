namespace Duplex.Centrifuge.Model.Requests;

/// <summary>A message to the application that has no reply.</summary>
public sealed class SendRequest : Request
{
    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}
