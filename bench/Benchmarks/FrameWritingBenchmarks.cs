using BenchmarkDotNet.Attributes;
using Duplex.Protocol.Framing;

namespace Benchmarks;

/// <summary>Writing a frame, as a server and masked as a client, against copying its payload.</summary>
[MemoryDiagnoser]
public class FrameWritingBenchmarks
{
    private byte[] _payload = [];
    private byte[] _wire = [];

    /// <summary>Bytes of payload.</summary>
    [Params(32, 1024, 64 * 1024)]
    public int Length { get; set; }

    /// <summary>Makes payload and room.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _payload = new byte[Length];
        _wire = new byte[Length + FrameWriter.MaxHeaderBytes];
    }

    /// <summary>The yardstick.</summary>
    [Benchmark(Baseline = true)]
    public void Memcpy() => _payload.CopyTo(_wire.AsSpan());

    /// <summary>A server's frame.</summary>
    [Benchmark]
    public int Server() => FrameWriter.WriteFrame(_wire, Opcode.Binary, _payload);

    /// <summary>A client's frame.</summary>
    [Benchmark]
    public int Client() => FrameWriter.WriteMaskedFrame(_wire, Opcode.Binary, _payload, 0x3d21fa37);
}
