using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>Sends messages compressed as was agreed, one after the other, and demands each back.</summary>
/// <param name="Fragments">How many frames each message is cut into.</param>
public sealed record EchoCompressed(byte[][] Messages, int Opcode = 1, int Fragments = 1) : Step
{
    public override async Task RunAsync(RawPeer peer)
    {
        // A server may decline an offer (RFC 7692 5.1); the messages then go as they are.
        using var deflater = peer.Deflate?.DeflaterFor(messagesOfServer: !peer.IsClient);
        foreach (var message in Messages)
        {
            await peer.SendAsync(deflater is null ? [new Frame(Opcode, message)] : Compressed.Message(Opcode, deflater.Deflate(message), Fragments));
            await new Expect(Opcode, message).RunAsync(peer);
        }
    }
}
