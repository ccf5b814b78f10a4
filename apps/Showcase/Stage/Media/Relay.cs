using System.Collections.Concurrent;
using Duplex.Execution;
using Duplex.WebSockets.Messages;

namespace Showcase.Stage.Media;

/// <summary>
/// Sends the messages of one source to all viewers of a stage. A message is framed once and posted once to each shard that
/// owns viewers. Safe from any thread, unless a member states otherwise.
/// </summary>
internal sealed class Relay
{
    // A viewer that joins receives the group since the latest key picture: at most two seconds of it.
    private const int MaxGroupBytes = 512 * 1024, MaxJoinBytes = 96 * 1024;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<Shard, List<Viewer>> _owners = new();
    private readonly ConcurrentDictionary<Viewer, bool> _viewers = new();
    private readonly List<MediaFrame> _group = [];
    private MediaFrame? _video, _sound;
    private object? _source;
    private long _number;
    private int _groupBytes;

    /// <summary>The viewers, in no order.</summary>
    public ICollection<Viewer> Viewers => _viewers.Keys;

    /// <summary>Whether nobody watches.</summary>
    public bool IsUnwatched => _viewers.IsEmpty;

    /// <summary>The source whose messages are relayed; null when there is none.</summary>
    public object? Source
    {
        get
        {
            lock (_lock) return _source;
        }
    }

    /// <summary>Relays the messages of a source in place of the one before.</summary>
    public void Begin(object source)
    {
        lock (_lock)
        {
            _source = source;
            ForgetGroup();
            _video?.Message.Release();
            _sound?.Message.Release();
            _video = _sound = null;
        }
    }

    /// <summary>Relays no messages of a source any more. Viewers keep its last picture.</summary>
    public void End(object source)
    {
        lock (_lock)
            if (_source == source) _source = null;
    }

    /// <summary>Relays a message, unless it is of another source than the present one.</summary>
    public void Publish(object source, in MediaMessage message)
    {
        lock (_lock)
        {
            if (_source != source) return;
            var frame = new MediaFrame(PreparedMessage.Create(message.Bytes, MessageType.Binary), message.Kind, ++_number);
            Retain(frame);

            // Posted under the lock, so that every shard has the order of the numbers.
            foreach (var (shard, viewers) in _owners)
            {
                frame.Message.Retain();
                shard.Post(static delivery => Deliver(delivery.viewers, delivery.frame), (viewers, frame));
            }

            frame.Message.Release();
        }
    }

    /// <summary>Adds a viewer and sends it what it needs to begin. Called on the viewer's shard.</summary>
    public void Join(Viewer viewer, Shard shard)
    {
        lock (_lock)
        {
            var viewers = _owners.GetOrAdd(shard, static _ => []);
            viewers.Add(viewer);
            _viewers[viewer] = true;
            var hasGroup = _groupBytes is > 0 and <= MaxJoinBytes;

            // Messages up to here may still be on their way to the shard: the viewer has them, or begins after them.
            viewer.Begin([.. new[] { _video, _sound }.OfType<MediaFrame>(), .. hasGroup ? _group : []], after: _number, waitsForKey: !hasGroup);
            if (!hasGroup) (_source as Sender)?.RequestKey();
        }
    }

    /// <summary>Removes a viewer. Called on the viewer's shard.</summary>
    public void Leave(Viewer viewer, Shard shard)
    {
        _viewers.TryRemove(viewer, out _);
        if (_owners.TryGetValue(shard, out var viewers)) viewers.Remove(viewer);
    }

    private static void Deliver(List<Viewer> viewers, MediaFrame frame)
    {
        // From the last on: a connection that this message ends leaves the list.
        for (var index = viewers.Count - 1; index >= 0; index--) viewers[index].Offer(frame);
        frame.Message.Release();
    }

    private void Retain(MediaFrame frame)
    {
        switch (frame.Kind)
        {
            case MediaKind.VideoConfig:
                ForgetGroup();
                Replace(ref _video, frame);
                return;
            case MediaKind.SoundConfig:
                Replace(ref _sound, frame);
                return;
            case MediaKind.KeyPicture:
                ForgetGroup();
                break;
        }

        if (frame.Kind != MediaKind.KeyPicture && _groupBytes == 0) return;
        if (_groupBytes + frame.Message.Length > MaxGroupBytes)
        {
            ForgetGroup();
            return;
        }

        frame.Message.Retain();
        _group.Add(frame);
        _groupBytes += frame.Message.Length;
    }

    private static void Replace(ref MediaFrame? kept, MediaFrame frame)
    {
        kept?.Message.Release();
        frame.Message.Retain();
        kept = frame;
    }

    private void ForgetGroup()
    {
        foreach (var frame in _group) frame.Message.Release();
        _group.Clear();
        _groupBytes = 0;
    }
}
