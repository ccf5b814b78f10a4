using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Duplex.WebSockets.Client;

/// <summary>
/// Masking keys from the system's random source, fetched by the hundred: one call to the kernel for each frame would
/// cost more than the frame. One thread at a time. RFC 6455 section 10.3.
/// </summary>
internal sealed class RandomMaskingKeys
{
    private readonly uint[] _keys = new uint[128];
    private int _used = 128;

    public uint Next()
    {
        if (_used == _keys.Length)
        {
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(_keys.AsSpan()));
            _used = 0;
        }

        // Used up at once, so that a dump of memory does not hold keys of frames that were sent.
        var key = _keys[_used];
        _keys[_used++] = 0;
        return key;
    }
}
