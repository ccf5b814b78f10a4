namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>
/// Demands these pongs, each and in order. RFC 6455 section 5.5.3 allows to answer only the newest of several pings; the
/// engine answers every one of the few that the cases send, however the network cuts them.
/// </summary>
public sealed record ExpectPongs(params byte[][] Payloads) : Step
{
    public override async Task RunAsync(RawPeer peer)
    {
        foreach (var payload in Payloads)
        {
            var frame = await peer.ReceiveAsync();
            Demand(frame?.Opcode == 10, $"Expected a pong, got {frame?.ToString() ?? "the end"}.");
            Demand(payload.AsSpan().SequenceEqual(frame!.Payload), $"Expected the pong of another ping, got {frame}.");
        }
    }
}
