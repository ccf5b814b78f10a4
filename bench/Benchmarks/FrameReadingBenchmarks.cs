using System.Net.WebSockets;
using BenchmarkDotNet.Attributes;
using Duplex.Fuzz.Targets;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;

namespace Benchmarks;

/// <summary>Measures a server that reads masked frames from memory, against System.Net.WebSockets. Times are per frame.</summary>
[MemoryDiagnoser]
public class FrameReadingBenchmarks : IDisposable
{
    private const int Frames = 1000;

    // Unmasking happens in place and each run unmasks again: these bits keep ASCII text ASCII either way.
    private const uint Key = 0x01020304;

    private readonly byte[] _received = new byte[4096];
    private EventReader _reader;
    private WebSocket? _socket;
    private byte[] _wire = [];

    /// <summary>Size of a frame's payload in bytes.</summary>
    [Params(32, 1024)]
    public int Length { get; set; }

    /// <summary>Opcode of the frames: text, which is validated, or binary.</summary>
    [Params(Opcode.Text, Opcode.Binary)]
    public Opcode Opcode { get; set; }

    /// <summary>Prepares the frames.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _reader = new EventReader(Role.Server, MessageLimits.Default);
        var payload = new byte[Length];
        payload.AsSpan().Fill((byte)'a');
        _wire = new byte[Frames * (Length + FrameWriter.HeaderLength(Length, isMasked: true))];
        var written = 0;
        for (var i = 0; i < Frames; i++) written += FrameWriter.WriteMaskedFrame(_wire.AsSpan(written), Opcode, payload, Key);
        _socket = WebSocket.CreateFromStream(new ReplayStream([.. _wire], repeats: true), new WebSocketCreationOptions { IsServer = true });
    }

    /// <summary>Disposes the reader.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _reader.Dispose();
        _socket?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads all frames with Duplex.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Frames)]
    public int Read()
    {
        var input = _wire.AsSpan();
        var bytes = 0;
        while (_reader.TryRead(ref input, out var e)) bytes += e.Payload.Length;
        return bytes;
    }

    /// <summary>Reads all frames with System.Net.WebSockets. All bytes have arrived, so no read waits.</summary>
    [Benchmark(OperationsPerInvoke = Frames)]
    public async Task<int> SystemRead()
    {
        var bytes = 0;
        for (var i = 0; i < Frames; i++) bytes += (await _socket!.ReceiveAsync(_received.AsMemory(), default)).Count;
        return bytes;
    }
}
