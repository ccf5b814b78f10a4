namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>A message of the application that belongs to no channel.</summary>
internal sealed class MessagePush(ReadOnlyMemory<byte> data) : Push
{
    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Data { get; } = data;
}
