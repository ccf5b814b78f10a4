using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Showcase.Exchange;

/// <summary>
/// The queue of messages to publish, in order. The writer fills it during a command and publishes its messages afterwards,
/// so no command waits for the hub in the middle of a match.
/// </summary>
public sealed class Outbox
{
    private readonly Queue<(string Channel, byte[] Message)> _messages = [];

    /// <summary>Adds a message.</summary>
    public void Add<TMessage>(string channel, TMessage message, JsonTypeInfo<TMessage> type) =>
        _messages.Enqueue((channel, JsonSerializer.SerializeToUtf8Bytes(message, type)));

    /// <summary>Removes and returns the next message.</summary>
    public bool TryTake(out (string Channel, byte[] Message) message) => _messages.TryDequeue(out message);
}
