using System.Text;

namespace LoadTool.Protocols;

/// <summary>
/// Finds a load's payloads in the bytes of one connection, in any envelope of a hub and at any split of reads: a marker,
/// followed by a fixed number of bytes that the load may use freely.
/// </summary>
internal sealed class PayloadScanner(int trailerLength = 0)
{
    private static readonly byte[] Marker = Encoding.ASCII.GetBytes(MessageProtocol.Marker);

    // The last bytes of earlier reads, one byte fewer than a whole payload, so that no payload is counted twice.
    private readonly byte[] _kept = new byte[Marker.Length + trailerLength - 1];
    private int _keptLength;

    public delegate void Found(ReadOnlySpan<byte> trailer);

    /// <summary>Scans the next bytes of the connection.</summary>
    /// <returns>The number of payloads that ended in these bytes.</returns>
    public int Scan(ReadOnlySpan<byte> bytes, Found? found = null)
    {
        Span<byte> border = stackalloc byte[2 * _kept.Length];
        _kept.AsSpan(0, _keptLength).CopyTo(border);
        var head = bytes[..Math.Min(bytes.Length, _kept.Length)];
        head.CopyTo(border[_keptLength..]);
        border = border[..(_keptLength + head.Length)];
        var count = Find(border, found) + Find(bytes, found);

        var last = bytes.Length >= _kept.Length ? bytes[^_kept.Length..] : border[^Math.Min(border.Length, _kept.Length)..];
        last.CopyTo(_kept);
        _keptLength = last.Length;
        return count;
    }

    private int Find(ReadOnlySpan<byte> bytes, Found? found)
    {
        if (found is null && trailerLength == 0) return bytes.Count(Marker);
        var count = 0;
        while (bytes.IndexOf(Marker) is var start and >= 0 && bytes.Length - start > _kept.Length)
        {
            found?.Invoke(bytes.Slice(start + Marker.Length, trailerLength));
            bytes = bytes[(start + Marker.Length + trailerLength)..];
            count++;
        }

        return count;
    }
}
