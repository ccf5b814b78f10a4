using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>Sends frames in one piece, or in pieces of <paramref name="Chop"/> bytes.</summary>
public sealed record Send(Frame[] Frames, int Chop = int.MaxValue) : Step
{
    public Send(params Frame[] frames) : this(frames, int.MaxValue) { }

    public override Task RunAsync(RawPeer peer) =>
        peer.SendBytesAsync(Frames.SelectMany(frame => frame.Encode(peer.IsClient)).ToArray(), Chop);
}
