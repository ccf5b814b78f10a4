using System.Text;
using CsCheck;
using Duplex.Fuzz.Targets;
using Duplex.Protocol.Framing;
using Duplex.Protocol.Masking;
using Duplex.Protocol.Messages;
using Duplex.Protocol.Text;

namespace Duplex.Conformance.Tests.Properties;

public sealed class ProtocolPropertyTests
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes among which valid and nearly valid sequences are common.</summary>
    private static readonly Gen<byte[]> NearlyUtf8 = Gen.OneOf(
        Gen.String.Select(Encoding.UTF8.GetBytes),
        Gen.OneOf([.. new byte[] { 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff }.Select(Gen.Const)]).Array[0, 80],
        Gen.Byte.Array[0, 80]);

    private static readonly Gen<(bool IsText, byte[] Payload)> Message = Gen.Select(
        Gen.Bool, Gen.OneOf(Gen.Int[0, 200], Gen.Int[65_500, 65_600]).SelectMany(length => Gen.Byte.Array[length]),
        (isText, bytes) => (isText, isText ? Array.ConvertAll(bytes, b => (byte)(b & 0x7f)) : bytes));

    [Fact]
    public void Masking_twice_is_the_identity() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.UInt).Sample((payload, key) =>
        {
            var masked = payload.ToArray();
            Mask.Apply(masked, key);
            Mask.Apply(masked, key);
            Assert.Equal(payload, masked);
        });

    [Fact]
    public void Masking_in_two_pieces_is_masking_in_one() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.UInt, Gen.Int[0, 300]).Sample((payload, key, at) =>
        {
            at = Math.Min(at, payload.Length);
            var (whole, pieces) = (payload.ToArray(), payload.ToArray());
            Mask.Apply(whole, key);
            Mask.Apply(pieces.AsSpan(at), Mask.Apply(pieces.AsSpan(0, at), key));
            Assert.Equal(whole, pieces);
        });

    [Fact]
    public void Masking_is_the_formula_of_section_5_3() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Byte.Array[4]).Sample((payload, key) =>
        {
            var masked = payload.ToArray();
            Mask.Apply(masked, Mask.ReadKey(key));
            Assert.Equal(payload.Select((b, i) => (byte)(b ^ key[i % 4])), masked);
        });

    [Fact]
    public void Text_is_valid_exactly_when_the_framework_says_so() =>
        NearlyUtf8.Sample(bytes =>
        {
            var validator = default(Utf8Validator);
            var isValid = validator.Append(bytes) < 0 && validator.IsComplete;
            Assert.Equal(IsValidUtf8(bytes), isValid);
        }, iter: 20_000);

    [Fact]
    public void Text_in_two_pieces_is_valid_exactly_when_it_is_whole() =>
        Gen.Select(NearlyUtf8, Gen.Int[0, 80]).Sample((bytes, at) =>
        {
            at = Math.Min(at, bytes.Length);
            var validator = default(Utf8Validator);
            var isValid = validator.Append(bytes.AsSpan(0, at)) < 0 && validator.Append(bytes.AsSpan(at)) < 0 && validator.IsComplete;
            Assert.Equal(IsValidUtf8(bytes), isValid);
        }, iter: 20_000);

    [Fact]
    public void Text_fails_at_the_first_byte_that_no_continuation_makes_valid() =>
        NearlyUtf8.Sample(bytes =>
        {
            var validator = default(Utf8Validator);
            var index = validator.Append(bytes);
            if (index < 0) return;
            var before = default(Utf8Validator);
            Assert.True(before.Append(bytes.AsSpan(0, index)) < 0);
        }, iter: 20_000);

    [Fact]
    public void Any_stream_in_any_pieces_gives_the_same_events() =>
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[1, 40].Array[1, 20], Gen.Bool).Sample((stream, pieces, isServer) =>
        {
            var role = isServer ? Role.Server : Role.Client;
            // A legal first byte takes the stream past its first header most of the time.
            if (stream.Length > 1) (stream[0], stream[1]) = (0x82, (byte)(stream[1] & 0x1f | (isServer ? 0x80 : 0)));
            Assert.Equal(Read(role, stream, _ => int.MaxValue), Read(role, stream, i => pieces[i % pieces.Length]));
        });

    [Fact]
    public void What_the_writer_writes_the_reader_reads() =>
        Gen.Select(Message.Array[1, 5], Gen.Bool, Gen.UInt).Sample((messages, fromClient, key) =>
        {
            using var wire = new MemoryStream();
            foreach (var (isText, payload) in messages)
            {
                var frame = new byte[FrameWriter.MaxHeaderBytes + payload.Length];
                var opcode = isText ? Opcode.Text : Opcode.Binary;
                var length = fromClient ? FrameWriter.WriteMaskedFrame(frame, opcode, payload, key) : FrameWriter.WriteFrame(frame, opcode, payload);
                wire.Write(frame, 0, length);
            }

            var events = Read(fromClient ? Role.Server : Role.Client, wire.ToArray(), _ => 1000);
            Assert.Equal(messages.Select(message => $"{(message.IsText ? "Text" : "Binary")} {EventLog.Describe(message.Payload)}"), events);
        });

    private static IReadOnlyList<string> Read(Role role, byte[] stream, Func<int, int> pieceAt) =>
        EventLog.Read(role, new MessageLimits { MaxMessageBytes = 100_000 }, stream, pieceAt).Entries;

    private static bool IsValidUtf8(byte[] bytes)
    {
        try
        {
            _ = StrictUtf8.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
