namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>
/// Demands that the connection is failed: a close frame with one of these codes, although the judge answers
/// nothing, and the end of the connection. RFC 6455 section 7.1.7.
/// </summary>
public sealed record ExpectFailure(params int[] Codes) : Step
{
    public override async Task RunAsync(RawPeer peer)
    {
        var frame = await peer.ReceiveAsync();
        Demand(frame?.Opcode == 8, $"Expected a close frame, got {frame?.ToString() ?? "the end"}.");
        Demand(Codes.Contains(frame!.CloseCode), $"Expected close {string.Join(" or ", Codes)}, got {frame}.");
        frame = await peer.ReceiveAsync();
        Demand(frame is null, $"Expected the end, got {frame}.");
    }
}
