using Showcase.Stage.Media;
using Showcase.Tests.Stage.Media;

namespace Showcase.Tests.Stage;

/// <summary>What a viewer receives, up to a message of sound with one byte: sound is never left out.</summary>
internal sealed class Reception
{
    private readonly List<(uint Sequence, MediaKind Kind)> _received = [];
    private volatile bool _hasKeyAfterHole;

    private Reception(RawMedia viewer) => End = ReadAsync(viewer);

    /// <summary>Completes when the end has arrived.</summary>
    public Task End { get; }

    /// <summary>Whether a key picture has arrived after pictures were left out.</summary>
    public bool HasKeyAfterHole => _hasKeyAfterHole;

    /// <summary>The number of messages.</summary>
    public int Count => _received.Count;

    public static Reception Of(RawMedia viewer) => new(viewer);

    /// <summary>Every picture but a key picture follows the one that was sent before it, and no sound is missing.</summary>
    public void AssertComplete(IReadOnlyList<(uint Sequence, MediaKind Kind)> sent)
    {
        var has = _received.Select(static message => message.Sequence).ToHashSet();
        Assert.Equal(_received.Count, has.Count);
        Assert.Equal(has.Order(), _received.Select(static message => message.Sequence));
        uint before = 0;
        foreach (var (sequence, kind) in sent)
        {
            if (kind is MediaKind.DeltaPicture && has.Contains(sequence)) Assert.Contains(before, has);
            if (kind is MediaKind.KeyPicture or MediaKind.DeltaPicture) before = sequence;
            if (kind is MediaKind.Sound) Assert.Contains(sequence, has);
        }
    }

    private async Task ReadAsync(RawMedia viewer)
    {
        var hasHole = false;
        while (await viewer.ReadAsync() is { } message)
        {
            var (sequence, kind) = (MediaBytes.SequenceOf(message), MediaBytes.KindOf(message));
            hasHole |= _received.Count > 0 && sequence > _received[^1].Sequence + 1;
            _hasKeyAfterHole |= hasHole && kind == MediaKind.KeyPicture;
            _received.Add((sequence, kind));
            if (kind == MediaKind.Sound && message.Length == MediaMessage.HeaderBytes + 3) return;
        }

        Assert.Fail("The server closed the connection.");
    }
}
