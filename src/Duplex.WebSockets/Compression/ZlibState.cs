using System.Runtime.InteropServices;
using static Duplex.WebSockets.Compression.NativeZlib;

namespace Duplex.WebSockets.Compression;

/// <summary>
/// Represents one native stream. A safe handle, so that its memory is freed once: deterministically by Dispose, or by the
/// finalizer when it was not disposed.
/// </summary>
internal abstract unsafe class ZlibState : SafeHandle
{
    protected ZlibState()
        : base(0, ownsHandle: true) => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(ZlibStream)));

    public override bool IsInvalid => handle == 0;

    public ZlibStream* Stream
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (ZlibStream*)handle;
        }
    }

    protected sealed override bool ReleaseHandle()
    {
        End((ZlibStream*)handle);
        NativeMemory.Free((void*)handle);
        return true;
    }

    protected abstract void End(ZlibStream* stream);

    // A failure is caused by a lack of memory or an incompatible library: a local fault, never one of the peer.
    protected void ThrowIfFailed(int result)
    {
        if (result == Ok) return;
        Dispose();
        throw new InvalidOperationException($"zlib failed to initialise (result {result}).");
    }
}
