using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>The judge starts the closing handshake and demands the answer and the end. RFC 6455 section 7.1.2.</summary>
public sealed record CloseCleanly(Frame Sent, params int[] Codes) : Step
{
    public CloseCleanly() : this(Frame.Close(1000), 1000) { }

    public override async Task RunAsync(RawPeer peer)
    {
        await peer.SendAsync(Sent);
        await new ExpectClose(Codes).RunAsync(peer);
    }
}
