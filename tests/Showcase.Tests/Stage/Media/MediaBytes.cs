using System.Buffers.Binary;
using Showcase.Stage.Media;

namespace Showcase.Tests.Stage.Media;

/// <summary>Messages of a sender, byte by byte.</summary>
internal static class MediaBytes
{
    private const int HeaderBytes = 13;

    public static byte[] VideoConfig(uint sequence, ushort width = 640, ushort height = 360)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(payload, width);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(2), height);
        return Of(MediaKind.VideoConfig, sequence, payload);
    }

    public static byte[] SoundConfig(uint sequence, uint rate = 48_000, byte channels = 1)
    {
        var payload = new byte[5];
        BinaryPrimitives.WriteUInt32BigEndian(payload, rate);
        payload[4] = channels;
        return Of(MediaKind.SoundConfig, sequence, payload);
    }

    public static byte[] Key(uint sequence, int size = 2000) => Of(MediaKind.KeyPicture, sequence, new byte[size]);

    public static byte[] Delta(uint sequence, int size = 500) => Of(MediaKind.DeltaPicture, sequence, new byte[size]);

    /// <summary>Sound with packets of the given lengths.</summary>
    public static byte[] Sound(uint sequence, params int[] lengths)
    {
        var payload = new List<byte>();
        foreach (var length in lengths)
        {
            payload.Add((byte)(length >> 8));
            payload.Add((byte)length);
            payload.AddRange(new byte[length]);
        }

        return Of(MediaKind.Sound, sequence, [.. payload]);
    }

    /// <summary>A message of any kind, whose timestamp is the present unless one is given.</summary>
    public static byte[] Of(MediaKind kind, uint sequence, byte[] payload, long? timestamp = null)
    {
        var message = new byte[HeaderBytes + payload.Length];
        message[0] = (byte)kind;
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(1), sequence);
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(5), timestamp ?? (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000));
        payload.CopyTo(message.AsSpan(HeaderBytes));
        return message;
    }

    public static MediaKind KindOf(byte[] message) => (MediaKind)message[0];

    public static uint SequenceOf(byte[] message) => BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(1));
}
