using System.Text;
using CsCheck;
using Duplex.Messaging.Delta;

namespace Duplex.Messaging.Tests.Delta;

public sealed class FossilDeltaTests
{
    private const int Limit = FossilDelta.MaxInputBytes;

    [Fact]
    public void The_patch_of_a_changed_word_is_a_copy_a_literal_and_a_copy()
    {
        var source = "the quick brown fox jumps over the lazy dog again and again"u8;
        var target = "the quick brown fox leaps over the lazy dog again and again"u8;

        Assert.True(FossilDelta.TryCreate(source, target, DeltaAlignment.Bytes, out var patch));
        // 59 bytes are "w" in the format's digits; the last number is the checksum.
        Assert.StartsWith("w\nK@0,3:lea_@N,", Encoding.ASCII.GetString(patch), StringComparison.Ordinal);
        ShouldApply(source, patch, target);
    }

    [Fact]
    public void The_checksum_pads_a_short_tail_with_zeros_on_the_right()
    {
        // "abcde" is 0x61626364 + 0x65000000 = 0xC6626364.
        ShouldApply(""u8, "5\n5:abcde36ObD_;"u8, "abcde"u8);
    }

    [Fact]
    public void What_a_patch_turns_the_source_into_is_the_target() => Gen.Select(Texts, Edits)
        .Sample(
            (source, edits) =>
            {
                var target = Apply(source, edits);
                if (!FossilDelta.TryCreate(source, target, DeltaAlignment.Bytes, out var patch)) return true;
                return patch.Length < target.Length
                    && FossilDelta.TryApply(source, patch, Limit, out var result) && result.AsSpan().SequenceEqual(target);
            },
            iter: 2000);

    [Fact]
    public void Bytes_of_any_kind_make_the_same_round() => Gen.Select(Gen.Byte.Array[0, 300], Gen.Byte.Array[0, 300])
        .Sample(
            (a, b) =>
            {
                byte[] source = [.. a, .. b, .. a];
                byte[] target = [.. b, .. a, .. a];
                if (!FossilDelta.TryCreate(source, target, DeltaAlignment.Bytes, out var patch)) return true;
                return FossilDelta.TryApply(source, patch, Limit, out var result) && result.AsSpan().SequenceEqual(target);
            },
            iter: 1000);

    [Fact]
    public void An_aligned_patch_is_text_and_makes_the_same_round() => Gen.Select(Wide, Wide, Wide)
        .Sample(
            (a, b, c) =>
            {
                var source = Encoding.UTF8.GetBytes(a + b + c + a);
                var target = Encoding.UTF8.GetBytes(a + c + b + a + b);
                if (!FossilDelta.TryCreate(source, target, DeltaAlignment.Characters, out var patch)) return true;
                var asText = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(patch);
                return FossilDelta.TryApply(source, Encoding.UTF8.GetBytes(asText), Limit, out var result)
                    && result.AsSpan().SequenceEqual(target);
            },
            iter: 2000);

    [Fact]
    public void A_character_whose_last_byte_changed_is_whole_in_the_literal_of_an_aligned_patch()
    {
        // é is C3 A9 and è is C3 A8: a cut between the bytes would be one byte shorter.
        var source = Encoding.UTF8.GetBytes("0123456789abcdefé0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        var target = Encoding.UTF8.GetBytes("0123456789abcdefè0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

        Assert.True(FossilDelta.TryCreate(source, target, DeltaAlignment.Bytes, out var cut));
        Assert.False(System.Text.Unicode.Utf8.IsValid(cut));
        Assert.True(FossilDelta.TryCreate(source, target, DeltaAlignment.Characters, out var whole));
        Assert.Contains("2:è", Encoding.UTF8.GetString(whole), StringComparison.Ordinal);
        ShouldApply(source, whole, target);
    }

    [Fact]
    public void A_target_that_has_nothing_of_the_source_is_sent_whole() =>
        ShouldNotPatch("0123456789abcdefghijklmnop"u8, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    [Fact]
    public void A_target_too_short_to_gain_is_sent_whole()
    {
        ShouldNotPatch("0123456789abcdefghijklmnop"u8, "0123456789"u8);
        ShouldNotPatch(""u8, "0123456789abcdefghijklmnop"u8);
        ShouldNotPatch("0123456789abcdefghijklmnop"u8, ""u8);
    }

    [Fact]
    public void Inputs_beyond_the_limit_are_sent_whole() => ShouldNotPatch(new byte[Limit + 1], new byte[Limit]);

    [Fact]
    public void Bytes_that_are_no_text_are_sent_whole_where_characters_are_to_stay_whole()
    {
        var monotonous = new byte[Limit];
        monotonous.AsSpan().Fill(0x80);

        Assert.False(FossilDelta.TryCreate(monotonous, monotonous, DeltaAlignment.Characters, out _));
    }

    [Fact]
    public void Monotonous_inputs_make_a_short_patch()
    {
        Assert.True(FossilDelta.TryCreate(new byte[Limit], new byte[Limit - 1], DeltaAlignment.Bytes, out var patch));
        Assert.True(patch.Length < 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5\n")]
    [InlineData("5:abcde0;")] // no newline
    [InlineData("5\n5@0,")] // no end
    [InlineData("5\n6@0,0;")] // longer than declared
    [InlineData("6\n5@0,0;")] // shorter than declared
    [InlineData("5\n5@1,0;")] // beyond the source
    [InlineData("5\n5@~~~~~,0;")] // far beyond the source
    [InlineData("5\n5@0,0;")] // wrong checksum
    [InlineData("5\n5:abc")] // literal cut
    [InlineData("5\n5!abcde0;")] // unknown command
    [InlineData("~~~~~\n0;")] // longer than accepted
    [InlineData("~~~~~~~~~~~~~~~~\n0;")] // longer than 32 bits
    public void A_bad_patch_is_refused(string patch) =>
        Assert.False(FossilDelta.TryApply("abcde"u8, Encoding.ASCII.GetBytes(patch), Limit, out _));

    [Fact]
    public void Any_bytes_as_a_patch_are_refused_or_applied() => Gen.Byte.Array[0, 60]
        .Sample(patch => { FossilDelta.TryApply("abcde"u8, patch, 1000, out _); }, iter: 5000);

    private static Gen<byte[]> Texts => Gen.OneOf(Gen.Char['a', 'd'].Array[0, 400], Gen.Char[' ', 'z'].Array[0, 400])
        .Select(chars => chars.Select(c => (byte)c).ToArray());

    private static Gen<string> Wide => Gen.OneOf("a", "é", "è", "漢", "漣", "😀", "😁", "0123456789").Array[0, 40].Select(string.Concat);

    private static Gen<(int At, int Remove, byte[] Insert)[]> Edits =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 40], Gen.Byte.Array[0, 30]).Array[0, 5];

    private static byte[] Apply(byte[] source, (int At, int Remove, byte[] Insert)[] edits)
    {
        var target = source.ToList();
        foreach (var (at, remove, insert) in edits)
        {
            var start = Math.Min(at, target.Count);
            target.RemoveRange(start, Math.Min(remove, target.Count - start));
            target.InsertRange(start, insert);
        }

        return [.. target];
    }

    private static void ShouldNotPatch(ReadOnlySpan<byte> source, ReadOnlySpan<byte> target) =>
        Assert.False(FossilDelta.TryCreate(source, target, DeltaAlignment.Bytes, out _));

    private static void ShouldApply(ReadOnlySpan<byte> source, ReadOnlySpan<byte> patch, ReadOnlySpan<byte> target)
    {
        Assert.True(FossilDelta.TryApply(source, patch, Limit, out var result));
        Assert.Equal(target, result);
    }
}
