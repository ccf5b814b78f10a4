namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>
/// Demands the pong of the newest ping of a flood. RFC 6455 section 5.5.3 allows to answer that alone: the others may be
/// missing, and none may be out of order or of another payload.
/// </summary>
public sealed record ExpectNewestPong(params byte[][] Payloads) : Step
{
    public override async Task RunAsync(RawPeer peer)
    {
        var next = 0;
        while (next < Payloads.Length)
        {
            var frame = await peer.ReceiveAsync();
            Demand(frame?.Opcode == 10, $"Expected a pong, got {frame?.ToString() ?? "the end"}.");
            var index = Array.FindIndex(Payloads, next, payload => payload.AsSpan().SequenceEqual(frame!.Payload));
            Demand(index >= 0, "A pong that answers no ping.");
            next = index + 1;
        }
    }
}
