namespace Duplex.Conformance.Tests.Judging.Steps;

/// <summary>
/// Demands these messages in this order and, anywhere among them, these pongs in theirs: a pong may overtake a message that
/// waits.
/// </summary>
public sealed record ExpectInterleaved((int Opcode, byte[] Payload)[] Messages, params byte[][] Pongs) : Step
{
    public override async Task RunAsync(RawPeer peer)
    {
        int message = 0, pong = 0;
        while (message < Messages.Length || pong < Pongs.Length)
        {
            var frame = await peer.ReceiveAsync();
            Demand(frame is { Opcode: 0 or 1 or 2 or 10 }, $"Expected messages and pongs, got {frame?.ToString() ?? "the end"}.");
            if (frame!.Opcode == 10)
            {
                Demand(pong < Pongs.Length, "More pongs than pings.");
                Demand(Pongs[pong].AsSpan().SequenceEqual(frame.Payload), $"Pong {pong} differs.");
                pong++;
            }
            else if (frame.IsFinal)
            {
                var (opcode, payload) = peer.TakeMessage();
                Demand(message < Messages.Length, "More messages than were sent.");
                Demand(opcode == Messages[message].Opcode && payload.AsSpan().SequenceEqual(Messages[message].Payload), $"Message {message} differs.");
                message++;
            }
        }
    }
}
