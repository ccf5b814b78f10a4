using System.Runtime.InteropServices;

namespace Duplex.WebSockets.Compression;

/// <summary>
/// Calls the zlib of the runtime (zlib-ng) as System.Net.WebSockets does, because the public streams of
/// System.IO.Compression have no parameter for the window size. Ahead-of-time compilation links it in.
/// </summary>
internal static partial class NativeZlib
{
    public const int Ok = 0, StreamEnd = 1, BufferError = -5;
    public const int NoFlush = 0, SyncFlush = 2, FullFlush = 3, BlockFlush = 5;
    public const int DefaultStrategy = 0, RunLengthStrategy = 3;
    public const int DeflatedMethod = 8;

    private const string Library = "libSystem.IO.Compression.Native";

    [LibraryImport(Library, EntryPoint = "CompressionNative_DeflateInit2_")]
    public static unsafe partial int DeflateInit(ZlibStream* stream, int level, int method, int windowBits, int memLevel, int strategy);

    [LibraryImport(Library, EntryPoint = "CompressionNative_Deflate")]
    public static unsafe partial int Deflate(ZlibStream* stream, int flush);

    [LibraryImport(Library, EntryPoint = "CompressionNative_DeflateEnd")]
    public static unsafe partial int DeflateEnd(ZlibStream* stream);

    [LibraryImport(Library, EntryPoint = "CompressionNative_InflateInit2_")]
    public static unsafe partial int InflateInit(ZlibStream* stream, int windowBits);

    [LibraryImport(Library, EntryPoint = "CompressionNative_InflateReset2_")]
    public static unsafe partial int InflateReset(ZlibStream* stream, int windowBits);

    [LibraryImport(Library, EntryPoint = "CompressionNative_Inflate")]
    public static unsafe partial int Inflate(ZlibStream* stream, int flush);

    [LibraryImport(Library, EntryPoint = "CompressionNative_InflateEnd")]
    public static unsafe partial int InflateEnd(ZlibStream* stream);

    /// <summary>Represents the native library's PAL_ZStream.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct ZlibStream
    {
        public byte* NextIn;
        public byte* NextOut;
        private readonly nint _message;
        private readonly nint _state;
        public uint AvailableIn;
        public uint AvailableOut;
    }
}
