using System.Runtime.InteropServices;
using static Duplex.WebSockets.Compression.NativeZlib;

namespace Duplex.WebSockets.Compression;

/// <summary>
/// One native stream. A safe handle, so that its memory is freed once, deterministically by Dispose, and by the
/// finalizer when an owner was lost.
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

    // The only causes are a lack of memory and a library that does not fit: our fault, never the peer's.
    protected void ThrowIfFailed(int result)
    {
        if (result == Ok) return;
        Dispose();
        throw new InvalidOperationException($"zlib could not be initialised (result {result}).");
    }
}
