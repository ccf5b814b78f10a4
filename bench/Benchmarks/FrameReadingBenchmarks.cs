using BenchmarkDotNet.Attributes;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;

namespace Benchmarks;

/// <summary>A server reading a buffer full of masked frames: time is per frame.</summary>
[MemoryDiagnoser]
public class FrameReadingBenchmarks : IDisposable
{
    private const int Frames = 1000;

    // Unmasking happens in place and each run unmasks anew: these bits keep ASCII text ASCII either way.
    private const uint Key = 0x01020304;

    private MessageReader? _reader;
    private byte[] _wire = [];

    /// <summary>Bytes of payload per frame.</summary>
    [Params(32, 1024)]
    public int Length { get; set; }

    /// <summary>Text, which is validated, or binary.</summary>
    [Params(Opcode.Text, Opcode.Binary)]
    public Opcode Opcode { get; set; }

    /// <summary>Writes the frames.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _reader = new MessageReader(Role.Server, MessageLimits.Default);
        var payload = new byte[Length];
        payload.AsSpan().Fill((byte)'a');
        _wire = new byte[Frames * (Length + FrameWriter.HeaderLength(Length, isMasked: true))];
        var written = 0;
        for (var i = 0; i < Frames; i++) written += FrameWriter.WriteMaskedFrame(_wire.AsSpan(written), Opcode, payload, Key);
    }

    /// <summary>Lets the reader go.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _reader?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads them all.</summary>
    [Benchmark(OperationsPerInvoke = Frames)]
    public int Read()
    {
        var input = _wire.AsSpan();
        var bytes = 0;
        while (_reader!.TryRead(ref input, out var e)) bytes += e.Payload.Length;
        return bytes;
    }
}
