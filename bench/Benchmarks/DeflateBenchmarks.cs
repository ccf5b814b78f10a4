using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using BenchmarkDotNet.Attributes;
using Duplex.Fuzz.Targets;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;

namespace Benchmarks;

/// <summary>
/// Measures RFC 7692 without context takeover on JSON messages, against System.Net.WebSockets, whose time includes its
/// frame (a thirtieth of it). Both use the runtime's zlib at level 6, the only level of System.Net.WebSockets.
/// </summary>
[MemoryDiagnoser]
public class DeflateBenchmarks : IDisposable
{
    private readonly ArrayBufferWriter<byte> _inflated = new(64 * 1024);
    private readonly byte[] _received = new byte[64 * 1024];
    private MessageDeflater? _deflater;
    private MessageInflater? _inflater;
    private WebSocket? _sender;
    private WebSocket? _receiver;
    private byte[] _message = [];
    private byte[] _compressed = [];

    /// <summary>Approximate size of the message in bytes.</summary>
    [Params(1024, 16 * 1024)]
    public int Length { get; set; }

    /// <summary>Generates a message and creates both ends.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        var text = new StringBuilder("[");
        while (text.Length < Length) text.Append($$"""{"price":"{{random.Next(14000, 16000) / 100m}}","quantity":"{{random.Next(1, 9999)}}","side":"buy"},""");
        _message = Encoding.UTF8.GetBytes(text.Append("{}]").ToString());

        var agreement = new DeflateAgreement(true, true, 15, 15);
        _deflater = new MessageDeflater(Role.Server, agreement, new DeflateOptions { Level = 6 });
        _inflater = new MessageInflater(Role.Client, agreement);
        if (!_deflater.TryCompress(_message, out var compressed)) throw new InvalidOperationException("Compression did not shorten the message.");
        _compressed = compressed.Span.ToArray();
        compressed.Dispose();

        var frame = new byte[_compressed.Length + FrameWriter.MaxHeaderBytes];
        var length = FrameWriter.WriteFrame(frame, Opcode.Text, _compressed, isCompressed: true);
        _sender = Socket([], isServer: true);
        _receiver = Socket(frame[..length], isServer: false);
    }

    /// <summary>Releases the native memory.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _deflater?.Dispose();
        _inflater?.Dispose();
        _sender?.Dispose();
        _receiver?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Compresses with Duplex.</summary>
    [Benchmark]
    public int Compress()
    {
        _deflater!.TryCompress(_message, out var compressed);
        using (compressed) return compressed.Span.Length;
    }

    /// <summary>Compresses with System.Net.WebSockets.</summary>
    [Benchmark]
    public ValueTask SystemCompress() => _sender!.SendAsync(_message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, default);

    /// <summary>Inflates with Duplex.</summary>
    [Benchmark]
    public InflateResult Inflate()
    {
        _inflated.ResetWrittenCount();
        return _inflater!.Inflate(_compressed, isFinal: true, _inflated, maxBytes: 64 * 1024);
    }

    /// <summary>Inflates with System.Net.WebSockets.</summary>
    [Benchmark]
    public ValueTask<ValueWebSocketReceiveResult> SystemInflate() => _receiver!.ReceiveAsync(_received.AsMemory(), default);

    private static WebSocket Socket(byte[] wire, bool isServer) => WebSocket.CreateFromStream(
        new ReplayStream(wire, repeats: true),
        new WebSocketCreationOptions
        {
            IsServer = isServer,
            DangerousDeflateOptions = new WebSocketDeflateOptions { ServerContextTakeover = false, ClientContextTakeover = false },
        });
}
