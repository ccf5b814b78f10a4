using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>Sends one message again and again and demands each echo, with at most <paramref name="InFlight"/> under way.</summary>
public sealed record EchoMany(int Opcode, byte[] Payload, int Count, int InFlight = 1) : Step
{
    public override async Task RunAsync(RawPeer peer)
    {
        var expect = new Expect(Opcode, Payload);
        var frame = new Frame(Opcode, Payload).Encode(peer.IsClient);
        for (var done = 0; done < Count; done += InFlight)
        {
            var batch = Math.Min(InFlight, Count - done);
            await peer.SendBytesAsync(Enumerable.Repeat(frame, batch).SelectMany(bytes => bytes).ToArray());
            for (var i = 0; i < batch; i++) await expect.RunAsync(peer);
        }
    }
}
