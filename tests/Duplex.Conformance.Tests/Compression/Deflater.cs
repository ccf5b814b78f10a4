using System.IO.Compression;

namespace Duplex.Conformance.Tests.Compression;

/// <summary>
/// Compresses the messages of one direction. With the full window it is zlib, whose blocks have codes of their own;
/// with a smaller one it looks for matches itself and never refers farther back. RFC 7692 section 7.2.1.
/// </summary>
public sealed class Deflater(int windowBits, bool noContextTakeover) : IDisposable
{
    private const int MinMatch = 4;

    private readonly List<byte> _history = [];
    private readonly Dictionary<uint, int> _lastAt = [];
    private readonly MemoryStream _zlibOutput = new();
    private DeflateStream? _zlib;

    /// <summary>One message's payload, without the last four bytes 00 00 FF FF.</summary>
    public byte[] Deflate(byte[] message)
    {
        var bytes = windowBits == 15 ? WithZlib(message) : WithFixedCodes(message);
        if (!noContextTakeover) return bytes;
        _history.Clear();
        _lastAt.Clear();
        _zlib?.Dispose();
        _zlib = null;
        return bytes;
    }

    public void Dispose()
    {
        _zlib?.Dispose();
        _zlibOutput.Dispose();
    }

    private byte[] WithZlib(byte[] message)
    {
        _zlib ??= new DeflateStream(_zlibOutput, CompressionLevel.Optimal, leaveOpen: true);
        _zlibOutput.SetLength(0);
        _zlib.Write(message);
        _zlib.Flush();
        // RFC 7692 7.2.3.6: an empty message is one byte, an empty stored block without its end.
        return _zlibOutput.Length < 4 ? [0] : _zlibOutput.ToArray()[..^4];
    }

    private byte[] WithFixedCodes(byte[] message)
    {
        var start = _history.Count;
        _history.AddRange(message);
        var bits = new BitWriter();
        bits.Write(0b010, 3);
        for (var at = start; at < _history.Count;)
        {
            var (length, distance) = FindMatch(at);
            if (length == 0) bits.WriteLiteral(_history[at]);
            else bits.WriteMatch(length, distance);
            for (var end = at + Math.Max(length, 1); at < end; at++) Remember(at);
        }

        bits.WriteLiteral(256);
        // Z_SYNC_FLUSH's empty stored block, of which only the three header bits and the padding stay.
        bits.Write(0, 3);
        return bits.ToArray();
    }

    private (int Length, int Distance) FindMatch(int at)
    {
        if (at + MinMatch > _history.Count || !_lastAt.TryGetValue(KeyAt(at), out var from)) return (0, 0);
        if (at - from > 1 << windowBits) return (0, 0);
        var length = 0;
        while (length < 258 && at + length < _history.Count && _history[from + length] == _history[at + length]) length++;
        return (length, at - from);
    }

    private void Remember(int at)
    {
        if (at + MinMatch <= _history.Count) _lastAt[KeyAt(at)] = at;
    }

    private uint KeyAt(int at) =>
        (uint)(_history[at] | (_history[at + 1] << 8) | (_history[at + 2] << 16) | (_history[at + 3] << 24));
}
