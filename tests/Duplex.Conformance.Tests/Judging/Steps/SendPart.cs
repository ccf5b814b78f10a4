using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>Sends only the first bytes of a frame, and keeps the rest.</summary>
public sealed record SendPart(Frame Frame, int PayloadBytes) : Step
{
    public override Task RunAsync(RawPeer peer) =>
        peer.SendBytesAsync(Frame.Encode(peer.IsClient).AsMemory()[..^(Frame.Payload.Length - PayloadBytes)]);
}
