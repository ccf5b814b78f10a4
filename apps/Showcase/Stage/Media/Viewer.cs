using System.Buffers.Binary;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;

namespace Showcase.Stage.Media;

/// <summary>
/// A WebSocket that receives the media of a stage. While its line is slow it loses pictures up to the next key picture, so
/// that the sound arrives in time. Used on its shard, apart from the figures.
/// </summary>
/// <param name="relay">The relay of the stage.</param>
/// <param name="leave">Leaves the place of the connection.</param>
/// <param name="isStill">Whether the viewer receives key pictures alone.</param>
internal sealed class Viewer(Relay relay, Action leave, bool isStill) : IWebSocketHandler
{
    private const int MaxQueuedForPictures = 256 * 1024, MaxQueuedForSound = 512 * 1024, ReportBytes = 2;

    private WebSocketConnection _connection = null!;
    private bool _waitsForKey;
    private long _after;
    private bool _isSlow;
    private int _behind = -1;

    /// <summary>Whether the viewer loses pictures because its line is slow. Safe from any thread.</summary>
    public bool IsSlow => Volatile.Read(ref _isSlow);

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
        leave();
    }

    /// <summary>
    /// Sends what a viewer that joins needs, whatever its line carries: a group with a hole is of no use. From now on the viewer receives
    /// messages after a number, and pictures from the next key picture on when it waits for one.
    /// </summary>
    public void Begin(IEnumerable<MediaFrame> frames, long after, bool waitsForKey)
    {
        foreach (var frame in frames.Where(Receives)) _connection.Send(frame.Message);
        (_after, _waitsForKey) = (after, waitsForKey);
    }

    /// <summary>Sends a message, unless the line is too slow for it.</summary>
    public void Offer(MediaFrame frame)
    {
        if (frame.Number <= _after || !Receives(frame)) return;
        if (frame.IsPicture ? !MayTakePicture(frame) : frame.IsSound && _connection.QueuedBytes > MaxQueuedForSound)
            Volatile.Write(ref _isSlow, true);
        else
            _connection.Send(frame.Message);
    }

    private bool Receives(MediaFrame frame) => !isStill || frame.Kind is MediaKind.VideoConfig or MediaKind.KeyPicture;

    private bool MayTakePicture(MediaFrame frame)
    {
        if (!_connection.IsCaughtUp || _connection.QueuedBytes > MaxQueuedForPictures) _waitsForKey = true;
        else if (frame.Kind == MediaKind.KeyPicture)
        {
            // Slow until two key pictures have arrived with all pictures between them.
            if (!_waitsForKey) Volatile.Write(ref _isSlow, false);
            _waitsForKey = false;
        }

        return !_waitsForKey;
    }
}
