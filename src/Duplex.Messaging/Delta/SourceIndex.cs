using System.Buffers;
using System.Numerics;

namespace Duplex.Messaging.Delta;

/// <summary>
/// Finds parts of a target in a source. A hash table holds every block of 16 source bytes, and a rolling hash
/// over the target looks up each position.
/// </summary>
internal readonly ref struct SourceIndex : IDisposable
{
    public const int BlockBytes = 16;

    // Maximum number of blocks with the same hash that are compared; bounds the work on repetitive sources.
    private const int MaxCandidates = 32;
    private const uint Factor = 0x01000193;
    private static readonly uint LeavingFactor = Power(Factor, BlockBytes - 1);

    private readonly int[] _heads;
    private readonly int[] _next;
    private readonly int _mask;

    public SourceIndex(ReadOnlySpan<byte> source)
    {
        var blocks = source.Length / BlockBytes;
        var buckets = (int)BitOperations.RoundUpToPowerOf2((uint)blocks);
        _mask = buckets - 1;
        _heads = ArrayPool<int>.Shared.Rent(buckets);
        _next = ArrayPool<int>.Shared.Rent(blocks);
        _heads.AsSpan(0, buckets).Fill(-1);

        // From the end, so that a chain starts with the earliest block: its offset has the fewest digits.
        for (var block = blocks - 1; block >= 0; block--)
        {
            var bucket = Bucket(Hash(source.Slice(block * BlockBytes, BlockBytes)));
            _next[block] = _heads[bucket];
            _heads[bucket] = block;
        }
    }

    /// <summary>Finds the next part from <paramref name="start"/> on that is shorter as a copy than as a literal.</summary>
    public bool TryFindCopy(
        ReadOnlySpan<byte> source, ReadOnlySpan<byte> target, int start, DeltaAlignment alignment, out Copy copy)
    {
        copy = default;
        if (target.Length - start < BlockBytes) return false;
        var hash = Hash(target.Slice(start, BlockBytes));
        for (var position = start; ; position++)
        {
            if (TryCopyAt(source, target, start, position, hash, alignment, out copy)) return true;
            if (position + BlockBytes >= target.Length) return false;
            hash = ((hash - (target[position] * LeavingFactor)) * Factor) + target[position + BlockBytes];
        }
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_heads);
        ArrayPool<int>.Shared.Return(_next);
    }

    private bool TryCopyAt(
        ReadOnlySpan<byte> source, ReadOnlySpan<byte> target, int start, int position, uint hash, DeltaAlignment alignment, out Copy best)
    {
        best = default;
        var bestGain = 0;
        var candidates = MaxCandidates;
        for (var block = _heads[Bucket(hash)]; block >= 0 && candidates-- > 0; block = _next[block])
        {
            var at = block * BlockBytes;
            var forward = source[at..].CommonPrefixLength(target[position..]);
            if (forward < BlockBytes) continue;
            var backward = CommonSuffixLength(source[..at], target[start..position]);
            var candidate = new Copy(at - backward, position - backward, backward + forward);
            if (alignment == DeltaAlignment.Characters) candidate = candidate.AlignTo(target);
            if (candidate.Gain(start) <= bestGain) continue;
            best = candidate;
            bestGain = candidate.Gain(start);
        }

        return bestGain > 0;
    }

    private int Bucket(uint hash) => (int)(hash * 0x9E3779B1 >> 7) & _mask;

    private static uint Hash(ReadOnlySpan<byte> block)
    {
        uint hash = 0;
        foreach (var b in block) hash = (hash * Factor) + b;
        return hash;
    }

    private static uint Power(uint factor, int exponent)
    {
        uint power = 1;
        for (var i = 0; i < exponent; i++) power *= factor;
        return power;
    }

    private static int CommonSuffixLength(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var length = 0;
        while (length < a.Length && length < b.Length && a[^(length + 1)] == b[^(length + 1)]) length++;
        return length;
    }

    /// <summary>A part of the source that is also in the target.</summary>
    internal readonly record struct Copy(int SourceStart, int TargetStart, int Length)
    {
        /// <summary>The number of bytes saved against a literal of the part and of the bytes before it.</summary>
        public int Gain(int literalStart) =>
            Length - FossilDigits.Count((uint)Length) - FossilDigits.Count((uint)SourceStart) - 2
            - (TargetStart > literalStart ? FossilDigits.Count((uint)(TargetStart - literalStart)) + 1 : 0);

        /// <summary>Returns the part that starts and ends between two characters of the target.</summary>
        public Copy AlignTo(ReadOnlySpan<byte> target)
        {
            var start = TargetStart;
            var end = TargetStart + Length;
            while (start < end && IsContinuation(target, start)) start++;
            while (end > start && IsContinuation(target, end)) end--;
            return new Copy(SourceStart + start - TargetStart, start, end - start);
        }

        // RFC 3629 section 3: the second and later bytes of a character begin with the bits 10.
        private static bool IsContinuation(ReadOnlySpan<byte> target, int position) =>
            position < target.Length && (target[position] & 0xC0) == 0x80;
    }
}
