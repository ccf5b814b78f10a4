using System.Collections.Concurrent;
using System.Numerics;

namespace Duplex.WebSockets.Memory;

/// <summary>
/// Provides pooled arrays that the garbage collector never moves, so that the kernel can read from them while managed code
/// continues. Sizes are powers of two; each size keeps a bounded number of free arrays. Safe from any thread.
/// </summary>
internal static class PinnedBuffers
{
    private const int SmallestBits = 8;
    private const int LargestBits = 20;
    private const int KeptBytesPerSize = 1024 * 1024;

    private static readonly ConcurrentQueue<byte[]>[] Free =
        [.. Enumerable.Range(0, LargestBits - SmallestBits + 1).Select(_ => new ConcurrentQueue<byte[]>())];

    /// <summary>Returns an array of at least this length, with arbitrary content.</summary>
    public static byte[] Rent(int length)
    {
        var bits = Bits(length);
        if (bits <= LargestBits && Free[bits - SmallestBits].TryDequeue(out var buffer)) return buffer;
        return GC.AllocateUninitializedArray<byte>(bits <= LargestBits ? 1 << bits : length, pinned: true);
    }

    /// <summary>Returns an array to the pool.</summary>
    public static void Return(byte[] buffer)
    {
        var bits = Bits(buffer.Length);
        if (bits > LargestBits) return;
        var free = Free[bits - SmallestBits];
        if (free.Count < Math.Max(1, KeptBytesPerSize >> bits)) free.Enqueue(buffer);
    }

    private static int Bits(int length) => Math.Max(SmallestBits, 32 - BitOperations.LeadingZeroCount((uint)(length - 1)));
}
