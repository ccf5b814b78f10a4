using System.Net.WebSockets;
using BenchmarkDotNet.Attributes;
using Duplex.Fuzz.Targets;
using Duplex.Protocol.Framing;

namespace Benchmarks;

/// <summary>Measures writing a frame, as a server and masked as a client, against copying its payload and against System.Net.WebSockets.</summary>
[MemoryDiagnoser]
public class FrameWritingBenchmarks : IDisposable
{
    private byte[] _payload = [];
    private byte[] _wire = [];
    private WebSocket? _server;
    private WebSocket? _client;

    /// <summary>Size of the payload in bytes.</summary>
    [Params(32, 1024, 64 * 1024)]
    public int Length { get; set; }

    /// <summary>Allocates payload and destination.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _payload = new byte[Length];
        _wire = new byte[Length + FrameWriter.MaxHeaderBytes];
        _server = WebSocket.CreateFromStream(new ReplayStream([], repeats: true), new WebSocketCreationOptions { IsServer = true });
        _client = WebSocket.CreateFromStream(new ReplayStream([], repeats: true), new WebSocketCreationOptions { IsServer = false });
    }

    /// <summary>Disposes the sockets.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _server?.Dispose();
        _client?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Copies the payload: the baseline.</summary>
    [Benchmark(Baseline = true)]
    public void Memcpy() => _payload.CopyTo(_wire.AsSpan());

    /// <summary>Writes a server's frame with Duplex.</summary>
    [Benchmark]
    public int Server() => FrameWriter.WriteFrame(_wire, Opcode.Binary, _payload);

    /// <summary>Writes a client's frame with Duplex.</summary>
    [Benchmark]
    public int Client() => FrameWriter.WriteMaskedFrame(_wire, Opcode.Binary, _payload, 0x3d21fa37);

    /// <summary>Writes a server's frame with System.Net.WebSockets.</summary>
    [Benchmark]
    public ValueTask SystemServer() => _server!.SendAsync(_payload.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, default);

    /// <summary>Writes a client's frame with System.Net.WebSockets.</summary>
    [Benchmark]
    public ValueTask SystemClient() => _client!.SendAsync(_payload.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, default);
}
