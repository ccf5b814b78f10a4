using System.Buffers;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;

namespace Duplex.WebSockets.Tests.Compression;

/// <summary>A server that compresses and a client that inflates, without a connection between them.</summary>
internal sealed class Peers : IDisposable
{
    private readonly MessageInflater _client;

    public Peers(bool keepsContext = false, int windowBits = 15, int level = 1, int memoryLevel = 8, int minMessageBytes = 0)
    {
        var agreement = new DeflateAgreement(!keepsContext, true, windowBits, 15);
        Server = new MessageDeflater(
            Role.Server, agreement, new DeflateOptions { Level = level, MemoryLevel = memoryLevel, MinMessageBytes = minMessageBytes });
        _client = new MessageInflater(Role.Client, agreement);
    }

    public MessageDeflater Server { get; }

    /// <summary>The compressed payload of a message, or null when it is to be sent as it is.</summary>
    public byte[]? Compress(ReadOnlySpan<byte> message)
    {
        if (!Server.TryCompress(message, out var compressed)) return null;
        using (compressed) return compressed.Span.ToArray();
    }

    /// <summary>The compressed payload of a message that is sent in these parts.</summary>
    public byte[] CompressParts(params ReadOnlySpan<byte[]> parts)
    {
        var payload = new List<byte>();
        for (var i = 0; i < parts.Length; i++)
        {
            using var compressed = Server.CompressPart(parts[i], isLast: i == parts.Length - 1);
            payload.AddRange(compressed.Span);
        }

        return [.. payload];
    }

    public byte[] Inflate(ReadOnlySpan<byte> compressed, int maxBytes = int.MaxValue)
    {
        Assert.Equal(InflateResult.Ok, TryInflate(compressed, true, maxBytes, out var message));
        return message;
    }

    public InflateResult TryInflate(ReadOnlySpan<byte> compressed, bool isFinal, int maxBytes, out byte[] inflated)
    {
        var output = new ArrayBufferWriter<byte>(256);
        var result = _client.Inflate(compressed, isFinal, output, maxBytes);
        inflated = output.WrittenSpan.ToArray();
        return result;
    }

    public void Dispose()
    {
        Server.Dispose();
        _client.Dispose();
    }
}
