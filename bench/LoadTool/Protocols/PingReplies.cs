using LoadTool.Sockets;

namespace LoadTool.Protocols;

/// <summary>
/// Answers the server's pings on many connections: pings of the WebSocket protocol, and the empty command with which
/// Duplex's hub pings its clients. A peer that answers none is judged by its kernel's buffers, and closed in the end.
/// </summary>
internal sealed class PingReplies(int connections)
{
    private const byte TextOpcode = 0x1, PingOpcode = 0x9, MaxControlBytes = 125;
    private static readonly byte[] HubPong = ClientFrame.Text("{}"u8);
    private readonly ServerFrames[] _frames = new ServerFrames[connections];
    private readonly List<byte>?[] _payloads = new List<byte>?[connections];

    /// <summary>Reads the next bytes of a connection and answers the pings that end in them.</summary>
    public void Read(int index, LoadConnection connection, ReadOnlySpan<byte> bytes)
    {
        ref var frames = ref _frames[index];
        while (frames.TryRead(ref bytes, out var part))
        {
            var isPing = frames.Opcode == PingOpcode;
            if (frames.Length > MaxControlBytes || (!isPing && (frames.Opcode != TextOpcode || frames.Length != 2))) continue;
            var payload = _payloads[index] ??= [];
            payload.AddRange(part);
            if (!frames.IsEnd) continue;
            if (isPing) connection.Send(ClientFrame.Pong([.. payload]));
            else if (payload is [(byte)'{', (byte)'}']) connection.Send(HubPong);
            payload.Clear();
        }
    }
}
