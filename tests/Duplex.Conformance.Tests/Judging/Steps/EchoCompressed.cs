namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>Sends messages compressed as was agreed, one after the other, and demands each back.</summary>
/// <param name="Fragments">How many frames each message is cut into.</param>
public sealed record EchoCompressed(byte[][] Messages, int Opcode = 1, int Fragments = 1) : Step
{
    public override async Task RunAsync(RawPeer peer)
    {
        using var deflater = peer.Deflate!.DeflaterFor(messagesOfServer: !peer.IsClient);
        foreach (var message in Messages)
        {
            await peer.SendAsync(Compressed.Message(Opcode, deflater.Deflate(message), Fragments));
            await new Expect(Opcode, message).RunAsync(peer);
        }
    }
}
