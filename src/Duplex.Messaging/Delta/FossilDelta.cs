using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;

namespace Duplex.Messaging.Delta;

/// <summary>
/// Creates and applies patches in the format of the Fossil version control system, which clients apply to the previous publication.
/// Layout: the target's length and a newline; then copies from the source, <c>count@offset,</c>, and literals,
/// <c>count:bytes</c>; finally the target's checksum and a semicolon. Numbers are in the format's own base 64.
/// Safe from any thread.
/// </summary>
internal static class FossilDelta
{
    /// <summary>Maximum size in bytes of a source and a target; larger ones would cost more time in publishing than a patch saves.</summary>
    public const int MaxInputBytes = 1024 * 1024;

    /// <summary>Creates the patch that turns <paramref name="source"/> into <paramref name="target"/>.</summary>
    /// <returns>False when no patch is useful: it would not be smaller than the target, an input is too long, or the target is not valid UTF-8 while characters must stay whole.</returns>
    public static bool TryCreate(
        ReadOnlySpan<byte> source, ReadOnlySpan<byte> target, DeltaAlignment alignment, [NotNullWhen(true)] out byte[]? patch)
    {
        patch = null;
        // A patch without a copy is longer than its target, and a copy is at least as long as a block.
        if (source.Length is < SourceIndex.BlockBytes or > MaxInputBytes) return false;
        if (target.Length is < SourceIndex.BlockBytes or > MaxInputBytes) return false;

        // Only UTF-8 can be aligned to characters; searching other bytes would cost time without a result.
        if (alignment == DeltaAlignment.Characters && !Utf8.IsValid(target)) return false;

        var writer = new FossilPatchWriter(target.Length - 1);
        using var index = new SourceIndex(source);
        writer.Begin(target.Length);
        var literalStart = 0;
        while (literalStart < target.Length && index.TryFindCopy(source, target, literalStart, alignment, out var copy))
        {
            writer.Literal(target[literalStart..copy.TargetStart]);
            writer.Copy(copy.Length, copy.SourceStart);
            literalStart = copy.TargetStart + copy.Length;
        }

        writer.Literal(target[literalStart..]);
        writer.End(FossilChecksum.Compute(target));
        return writer.TryTake(out patch);
    }

    /// <summary>Applies a patch.</summary>
    /// <param name="source">The source from which the patch was created.</param>
    /// <param name="patch">The patch; it may come from an untrusted peer.</param>
    /// <param name="maxTargetBytes">Maximum size of the target in bytes.</param>
    /// <param name="target">The result.</param>
    /// <returns>False when the patch is malformed, its target is too long, or it was created from another source.</returns>
    public static bool TryApply(
        ReadOnlySpan<byte> source, ReadOnlySpan<byte> patch, int maxTargetBytes, [NotNullWhen(true)] out byte[]? target)
    {
        target = null;
        var reader = new FossilPatchReader(patch);
        if (!reader.TryNumber(out var length) || !reader.TryTake((byte)'\n') || length > maxTargetBytes) return false;

        var result = new byte[length];
        var rest = result.AsSpan();
        while (reader.TryNumber(out var count))
        {
            if (reader.TryTake((byte)';'))
            {
                if (!rest.IsEmpty || (uint)count != FossilChecksum.Compute(result)) return false;
                target = result;
                return true;
            }

            ReadOnlySpan<byte> piece;
            if (reader.TryTake((byte)'@'))
            {
                if (!reader.TryNumber(out var offset) || !reader.TryTake((byte)',')) return false;
                if (offset > source.Length || count > source.Length - offset) return false;
                piece = source.Slice((int)offset, (int)count);
            }
            else if (!reader.TryTake((byte)':') || !reader.TryTake(count, out piece))
            {
                return false;
            }

            if (!piece.TryCopyTo(rest)) return false;
            rest = rest[piece.Length..];
        }

        return false;
    }
}
