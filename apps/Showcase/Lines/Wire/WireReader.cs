using Duplex.Protocol.Messages;

namespace Showcase.Lines.Wire;

/// <summary>Takes the captured bytes of a connection apart.</summary>
internal static class WireReader
{
    private const string SwitchingProtocols = "HTTP/1.1 101 ";

    /// <summary>Reads the handshake and the frames.</summary>
    /// <param name="passed">The captured bytes.</param>
    /// <param name="up">The position from which the bytes of the client are read: 0 for the handshake, otherwise the beginning of a frame.</param>
    /// <param name="down">The position from which the bytes of the server are read, in the same way.</param>
    public static WireReport Read(PassedBytes passed, long up, long down)
    {
        var request = HeadOf(passed.Up);
        var response = HeadOf(passed.Down);
        // Without both heads the bytes behind the request may be anything.
        var isWebSocket = response is null || response.Lines[0].Value.StartsWith(SwitchingProtocols, StringComparison.Ordinal);
        return new WireReport(
            passed.Connection,
            request,
            response,
            WireHeadReader.AcceptOf(request, response),
            DirectionOf(passed.Up, up, Role.Server, request, isWebSocket && (up > 0 || response is not null)),
            DirectionOf(passed.Down, down, Role.Client, response, isWebSocket));
    }

    private static WireHead? HeadOf(CapturedBytes captured) => captured.First == 0 ? WireHeadReader.Read(captured.Bytes) : null;

    private static WireDirection DirectionOf(CapturedBytes captured, long from, Role receiver, WireHead? head, bool hasFrames)
    {
        if (from < captured.First) return new WireDirection(from, [], from, IsOverwritten: true, Fault: null, []);
        var start = head is null ? from : Math.Max(from, head.Bytes.Length);
        if (hasFrames && (from > 0 || head is not null)) return WireFrameReader.Read(captured, start, receiver, isStart: start == head?.Bytes.Length);
        return new WireDirection(from, captured.Bytes[(int)(from - captured.First)..], from, IsOverwritten: false, Fault: null, []);
    }
}
