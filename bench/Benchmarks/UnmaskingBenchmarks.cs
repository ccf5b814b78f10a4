using BenchmarkDotNet.Attributes;
using Duplex.Protocol.Masking;

namespace Benchmarks;

/// <summary>RFC 6455 section 5.3 against a plain loop, and against copying the same bytes, which is as fast as memory gets.</summary>
[MemoryDiagnoser]
public class UnmaskingBenchmarks
{
    private byte[] _payload = [];
    private byte[] _copy = [];

    /// <summary>Bytes of payload.</summary>
    [Params(32, 1024, 64 * 1024)]
    public int Length { get; set; }

    /// <summary>Fills the payload.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _payload = new byte[Length];
        _copy = new byte[Length];
        new Random(1).NextBytes(_payload);
    }

    /// <summary>The yardstick.</summary>
    [Benchmark(Baseline = true)]
    public void Memcpy() => _payload.AsSpan().CopyTo(_copy);

    /// <summary>Ours.</summary>
    [Benchmark]
    public uint Vectors() => Mask.Apply(_payload, 0x3d21fa37);

    /// <summary>The formula of the RFC.</summary>
    [Benchmark]
    public void PlainLoop()
    {
        ReadOnlySpan<byte> key = [0x37, 0xfa, 0x21, 0x3d];
        var payload = _payload;
        for (var i = 0; i < payload.Length; i++) payload[i] ^= key[i & 3];
    }
}
