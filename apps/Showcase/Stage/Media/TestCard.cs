using System.Buffers.Binary;

namespace Showcase.Stage.Media;

/// <summary>
/// The clip that a stage shows while nobody is on it: the messages of a sender, recorded by apps/Showcase/Stage/record-test-card.
/// The file has each message with its length (4 bytes, big-endian); the first is a video configuration.
/// </summary>
internal sealed class TestCard
{
    private readonly List<(long At, byte[] Message)> _messages = [];

    /// <summary>Reads a clip.</summary>
    /// <exception cref="InvalidDataException">The file is not a clip.</exception>
    public TestCard(ReadOnlySpan<byte> file)
    {
        long start = 0;
        while (!file.IsEmpty)
        {
            var length = file.Length < 4 ? 0 : BinaryPrimitives.ReadInt32BigEndian(file);
            if (length <= 0 || length > file.Length - 4 || !MediaMessage.TryRead(file.Slice(4, length), out var message))
                throw new InvalidDataException("The test card is not a recorded clip: record it again.");
            if (_messages.Count == 0) start = message.Timestamp;
            _messages.Add((message.Timestamp - start, message.Bytes.ToArray()));
            file = file[(4 + length)..];
        }

        if (_messages.Count == 0) throw new InvalidDataException("The test card is empty: record it again.");
        Duration = _messages[^1].At + 1_000_000 / 24;
    }

    /// <summary>The duration in microseconds.</summary>
    public long Duration { get; }

    /// <summary>The number of messages.</summary>
    public int Count => _messages.Count;

    /// <summary>Returns the time of a message from the beginning of the clip, in microseconds.</summary>
    public long AtOf(int index) => _messages[index].At;

    /// <summary>Returns a copy of a message, which its receiver may restamp.</summary>
    public byte[] CopyOf(int index) => [.. _messages[index].Message];

    /// <summary>Reads the clip that is built into the program.</summary>
    public static TestCard Load()
    {
        using var stream = typeof(TestCard).Assembly.GetManifestResourceStream("test-card.clip")
            ?? throw new InvalidDataException("The program has no test card.");
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return new(file);
    }
}
