using System.Buffers.Binary;

namespace Showcase.Stage.Media;

// Wire layout, big-endian: kind (1 byte), sequence (4), timestamp in Unix microseconds of the server's clock (8), payload.
//   VideoConfig   width (2), height (2); the codec is VP8
//   KeyPicture    one encoded picture that needs no other
//   DeltaPicture  one encoded picture that needs those before it
//   SoundConfig   samples a second (4), channels (1); the codec is Opus
//   Sound         1 to 10 packets, each with its length (2), that follow each other without a gap

/// <summary>A message of the sender of a stage.</summary>
internal readonly ref struct MediaMessage
{
    public const int HeaderBytes = 13;

    private MediaMessage(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    public MediaKind Kind => (MediaKind)Bytes[0];

    public uint Sequence => BinaryPrimitives.ReadUInt32BigEndian(Bytes[1..]);

    public long Timestamp => BinaryPrimitives.ReadInt64BigEndian(Bytes[5..]);

    public ReadOnlySpan<byte> Payload => Bytes[HeaderBytes..];

    public static bool TryRead(ReadOnlySpan<byte> bytes, out MediaMessage message)
    {
        var isComplete = bytes.Length > HeaderBytes && bytes[0] is >= (byte)MediaKind.VideoConfig and <= (byte)MediaKind.Sound;
        message = isComplete ? new(bytes) : default;
        return isComplete;
    }

    /// <summary>Overwrites the sequence and the timestamp of a message.</summary>
    public static void Restamp(Span<byte> message, uint sequence, long timestamp)
    {
        BinaryPrimitives.WriteUInt32BigEndian(message[1..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(message[5..], timestamp);
    }
}
