using System.Buffers;
using Duplex.Protocol.Extensions;

namespace Duplex.WebSockets.Tests.Compression;

/// <summary>Counts the bytes that an inflater wrote, whoever threw them away since.</summary>
internal sealed class CountingInflater(IMessageInflater inner) : IMessageInflater, IBufferWriter<byte>
{
    private IBufferWriter<byte>? _output;

    public long Written { get; private set; }

    public InflateResult Inflate(ReadOnlySpan<byte> compressed, bool isFinal, IBufferWriter<byte> output, int maxBytes)
    {
        _output = output;
        return inner.Inflate(compressed, isFinal, this, maxBytes);
    }

    public void Advance(int count)
    {
        Written += count;
        _output!.Advance(count);
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => _output!.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => _output!.GetSpan(sizeHint);

    public void Dispose() => inner.Dispose();
}
