using System.Buffers.Binary;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Showcase.Stage.Media;

/// <summary>
/// A WebSocket that receives the media of a stage. While its line is slow it loses pictures up to the next key picture, so
/// that the sound arrives in time. Used on its shard, apart from the figures.
/// </summary>
internal sealed class Viewer(Relay relay, Place place) : IWebSocketHandler
{
    private const int MaxQueuedForPictures = 256 * 1024, MaxQueuedForSound = 512 * 1024, ReportBytes = 2;

    private WebSocketConnection _connection = null!;
    private bool _waitsForKey;
    private long _after;
    private int _skipped;
    private int _behind = -1;

    /// <summary>The number of messages that the viewer lost because its line is slow. Safe from any thread.</summary>
    public int Skipped => Volatile.Read(ref _skipped);

    /// <summary>The delay of the picture that the viewer's page reported, in milliseconds; negative before. Safe from any thread.</summary>
    public int Behind => Volatile.Read(ref _behind);

    public void OnOpen(WebSocketConnection connection)
    {
        _connection = connection;
        relay.Join(this, connection.Shard);
    }

    public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
    {
        if (message.Type == MessageType.Binary && message.Payload.Length == ReportBytes)
            Volatile.Write(ref _behind, BinaryPrimitives.ReadUInt16BigEndian(message.Payload));
        else
            connection.Close(CloseCode.PolicyViolation, "A viewer sends its delay in two bytes, and nothing else.");
    }

    public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
    {
        relay.Leave(this, connection.Shard);
        place.Dispose();
    }

    /// <summary>Receives messages from now on: those after a number, and pictures from the next key picture on when it waits for one.</summary>
    public void Begin(long after, bool waitsForKey) => (_after, _waitsForKey) = (after, waitsForKey);

    /// <summary>Sends a message, unless the line is too slow for it.</summary>
    public void Offer(MediaFrame frame)
    {
        if (frame.Number <= _after) return;
        if (frame.IsPicture ? !MayTakePicture(frame) : frame.IsSound && _connection.QueuedBytes > MaxQueuedForSound)
            Volatile.Write(ref _skipped, _skipped + 1);
        else
            _connection.Send(frame.Message);
    }

    private bool MayTakePicture(MediaFrame frame)
    {
        if (!_connection.IsCaughtUp || _connection.QueuedBytes > MaxQueuedForPictures) _waitsForKey = true;
        else if (frame.Kind == MediaKind.KeyPicture) _waitsForKey = false;
        return !_waitsForKey;
    }
}
