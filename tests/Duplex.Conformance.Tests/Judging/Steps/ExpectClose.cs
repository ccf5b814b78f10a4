namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>Demands the answer to the judge's close frame, then the end of the connection.</summary>
public sealed record ExpectClose(params int[] Codes) : Step
{
    public override async Task RunAsync(RawPeer peer)
    {
        var frame = await peer.ReceiveAsync();
        Demand(frame?.Opcode == 8, $"Expected a close frame, got {frame?.ToString() ?? "the end"}.");
        Demand(Codes.Contains(frame!.CloseCode), $"Expected close {string.Join(" or ", Codes)}, got {frame}.");
        // RFC 6455 7.1.1: the server ends the TCP connection first. When the judge is the server, that is the judge.
        if (!peer.IsClient) peer.EndSending();
        frame = await peer.ReceiveAsync();
        Demand(frame is null, $"Expected the end, got {frame}.");
    }
}
