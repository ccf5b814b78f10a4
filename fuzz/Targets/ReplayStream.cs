using Duplex.WebSockets.Streams;

namespace Duplex.Fuzz.Targets;

/// <summary>Stream of a peer that sends the given bytes, once or repeatedly, and ignores received bytes.</summary>
/// <param name="bytes">The bytes to send.</param>
/// <param name="repeats">Whether the bytes start over at their end.</param>
internal sealed class ReplayStream(byte[] bytes, bool repeats = false) : DuplexStream
{
    private int _position;

    public override int Read(Span<byte> buffer)
    {
        if (repeats && _position == bytes.Length) _position = 0;
        var count = Math.Min(buffer.Length, bytes.Length - _position);
        bytes.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Write(byte[] buffer, int offset, int count) { }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;
}
