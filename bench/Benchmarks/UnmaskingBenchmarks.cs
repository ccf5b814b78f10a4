using BenchmarkDotNet.Attributes;
using Duplex.Protocol.Masking;

namespace Benchmarks;

/// <summary>Measures unmasking (RFC 6455 section 5.3) against a plain loop, and against a copy of the same bytes, the limit set by memory.</summary>
[MemoryDiagnoser]
public class UnmaskingBenchmarks
{
    private byte[] _payload = [];
    private byte[] _copy = [];

    /// <summary>Size of the payload in bytes.</summary>
    [Params(32, 1024, 64 * 1024)]
    public int Length { get; set; }

    /// <summary>Allocates and fills the payload.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _payload = new byte[Length];
        _copy = new byte[Length];
        new Random(1).NextBytes(_payload);
    }

    /// <summary>Copies the payload: the baseline.</summary>
    [Benchmark(Baseline = true)]
    public void Memcpy() => _payload.AsSpan().CopyTo(_copy);

    /// <summary>Unmasks with Duplex.</summary>
    [Benchmark]
    public uint Vectors() => Mask.Apply(_payload, 0x3d21fa37);

    /// <summary>Unmasks byte by byte, with the formula of the RFC.</summary>
    [Benchmark]
    public void PlainLoop()
    {
        ReadOnlySpan<byte> key = [0x37, 0xfa, 0x21, 0x3d];
        var payload = _payload;
        for (var i = 0; i < payload.Length; i++) payload[i] ^= key[i & 3];
    }
}
