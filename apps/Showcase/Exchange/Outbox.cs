using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Showcase.Exchange;

/// <summary>
/// The queue of messages to publish, in order. The writer fills it during a command and publishes its messages afterwards,
/// so no command waits for the hub in the middle of a match.
/// </summary>
public sealed class Outbox
{
    private readonly Queue<(string Channel, byte[] Message, string? Key)> _messages = [];

    /// <summary>Adds a message. Readers that skip messages receive the latest one of each key.</summary>
    public void Add<TMessage>(string channel, TMessage message, JsonTypeInfo<TMessage> type, string? key = null) =>
        _messages.Enqueue((channel, JsonSerializer.SerializeToUtf8Bytes(message, type), key));

    /// <summary>Removes and returns the next message.</summary>
    public bool TryTake(out (string Channel, byte[] Message, string? Key) message) => _messages.TryDequeue(out message);
}
