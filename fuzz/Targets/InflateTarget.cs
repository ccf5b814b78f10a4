using System.Buffers;
using System.IO.Compression;
using Duplex.Fuzz.Mutation;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;

namespace Duplex.Fuzz.Targets;

/// <summary>
/// Inflates one compressed message twice on one connection: the result is independent of the split and within its
/// limit, and a valid result equals that of the platform's DeflateStream for the same bytes.
/// </summary>
public sealed class InflateTarget : IFuzzTarget
{
    private const int MaxBytes = 64 * 1024;

    private static readonly DeflateAgreement Agreement = new(false, false, 15, 15);

    public string Name => "inflate";

    public IMutator Mutator { get; } = new ByteMutator();

    // Four results of at most the limit, in buffers that double.
    public long AllowedBytes => 16 * MaxBytes;

    public void Run(ReadOnlySpan<byte> input)
    {
        var (whole, output, again) = Inflate(input, int.MaxValue);
        var (cut, cutOutput, cutAgain) = Inflate(input, 3);
        FindingException.Unless(whole == cut && again == cutAgain, $"Whole: {whole}, then {again}. Cut: {cut}, then {cutAgain}.");
        FindingException.Unless(whole != InflateResult.Ok || output.AsSpan().SequenceEqual(cutOutput), "The output depends on the split.");
        FindingException.Unless(output.Length <= MaxBytes, $"{output.Length} bytes exceed the limit.");
        // A message of no bytes contains no block; Duplex accepts it as the empty message that its sender intended.
        // DeflateStream ends with the first final block; RFC 7692 7.2.1 allows further blocks.
        if (whole == InflateResult.Ok && input.Length > 0) FindingException.Unless(output.AsSpan().StartsWith(Platform(input, output.Length)), "The output differs from DeflateStream's.");
    }

    private static (InflateResult Result, byte[] Output, InflateResult Again) Inflate(ReadOnlySpan<byte> input, int cut)
    {
        using var inflater = new MessageInflater(Role.Server, Agreement);
        var output = new ArrayBufferWriter<byte>();
        var result = Message(inflater, input, cut, output);
        // The first message, if any, is the context of the second.
        var again = result == InflateResult.Ok ? Message(inflater, input, cut, new ArrayBufferWriter<byte>()) : result;
        return (result, output.WrittenSpan.ToArray(), again);
    }

    private static InflateResult Message(MessageInflater inflater, ReadOnlySpan<byte> input, int cut, ArrayBufferWriter<byte> output)
    {
        while (true)
        {
            var piece = input[..Math.Min(cut, input.Length)];
            input = input[piece.Length..];
            var result = inflater.Inflate(piece, input.IsEmpty, output, MaxBytes - output.WrittenCount);
            if (result != InflateResult.Ok || input.IsEmpty) return result;
        }
    }

    // Appends the end of the message, then a final block that ends the stream.
    private static byte[] Platform(ReadOnlySpan<byte> input, int length)
    {
        using var stream = new DeflateStream(new MemoryStream([.. input, 0, 0, 0xff, 0xff, 1, 0, 0, 0xff, 0xff]), CompressionMode.Decompress);
        var output = new byte[length + 1];
        return output[..stream.ReadAtLeast(output, output.Length, throwOnEndOfStream: false)];
    }
}
