using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Duplex.WebSockets.Client;

/// <summary>
/// Provides masking keys from the system's random source, fetched in batches, because one call to the kernel for each frame
/// would cost more than the frame. Not safe for concurrent use. RFC 6455 section 10.3.
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

        // A key is cleared once it is used, so that a memory dump does not contain the keys of sent frames.
        var key = _keys[_used];
        _keys[_used++] = 0;
        return key;
    }
}
