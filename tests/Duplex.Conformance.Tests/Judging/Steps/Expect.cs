namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>Demands this message next, in however many frames.</summary>
public sealed record Expect(int Opcode, byte[] Payload) : Step
{
    public override async Task RunAsync(RawPeer peer)
    {
        var (opcode, payload) = await peer.ReceiveMessageAsync();
        Demand(opcode == Opcode, $"Expected a message of opcode {Opcode}, got {opcode}.");
        Demand(payload.AsSpan().SequenceEqual(Payload), $"Expected the {Payload.Length} bytes sent, got {payload.Length} bytes that differ.");
    }
}
