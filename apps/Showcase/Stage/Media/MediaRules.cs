using System.Buffers.Binary;
using Showcase.Visitors;

namespace Showcase.Stage.Media;

/// <summary>Validates the messages of one sender, in their order.</summary>
/// <param name="time">The clock of the server.</param>
internal sealed class MediaRules(TimeProvider time)
{
    // A picture of 640 x 360 at 700 kbit/s is far below; a message costs as much as some of its bytes.
    private const int BytesPerMessage = 200;
    private const int MinSide = 16, MaxSide = 1920, MaxPackets = 10;
    private static readonly TimeSpan MaxDifference = TimeSpan.FromMinutes(1);
    private static readonly Act Send = new("More media arrive than a stage relays.");
    private static readonly Rates BytesPerSecond = new() { [Send] = new(2_000_000, 500_000) };

    private readonly Allowance _allowance = new(time, BytesPerSecond);
    private long _sequence = -1;
    private bool _hasVideo, _hasKey, _hasSound;

    /// <summary>Returns the rule that a message violates, as a close reason; null when it violates none.</summary>
    public string? FaultOf(in MediaMessage message)
    {
        if (!_allowance.TryTake(Send, message.Bytes.Length + BytesPerMessage, out _)) return Send.Excess;
        if (message.Sequence <= _sequence) return "A sequence must be above the one before.";
        _sequence = message.Sequence;
        var difference = time.GetUtcNow() - DateTimeOffset.UnixEpoch - TimeSpan.FromMicroseconds(Math.Clamp(message.Timestamp, 0, long.MaxValue / 10));
        if (difference.Duration() > MaxDifference) return "A timestamp must be within a minute of the server's clock.";
        return PayloadFaultOf(message);
    }

    private string? PayloadFaultOf(in MediaMessage message)
    {
        switch (message.Kind)
        {
            case MediaKind.VideoConfig:
                (_hasVideo, _hasKey) = (true, false);
                return message.Payload.Length == 4 && IsSide(message.Payload) && IsSide(message.Payload[2..]) ? null
                    : $"A picture must have sides of {MinSide} to {MaxSide}.";
            case MediaKind.KeyPicture:
                _hasKey = _hasVideo;
                return _hasVideo ? null : "A picture must follow its configuration.";
            case MediaKind.DeltaPicture:
                return _hasKey ? null : "A picture must follow its configuration and a key picture.";
            case MediaKind.SoundConfig:
                _hasSound = true;
                return message.Payload.Length == 5 && IsRate(message.Payload) && message.Payload[4] is 1 or 2 ? null
                    : "Sound must have 8,000 to 48,000 samples a second and 1 or 2 channels.";
            default:
                if (!_hasSound) return "Sound must follow its configuration.";
                return ArePackets(message.Payload) ? null : $"A message of sound must have 1 to {MaxPackets} packets with their lengths.";
        }
    }

    private static bool IsSide(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes) is >= MinSide and <= MaxSide;

    private static bool IsRate(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes) is >= 8000 and <= 48_000;

    private static bool ArePackets(ReadOnlySpan<byte> payload)
    {
        for (var count = 1; count <= MaxPackets; count++)
        {
            if (payload.Length < 2) return false;
            var length = BinaryPrimitives.ReadUInt16BigEndian(payload);
            if (length == 0 || length > payload.Length - 2) return false;
            payload = payload[(2 + length)..];
            if (payload.IsEmpty) return true;
        }

        return false;
    }
}
