using System.Threading.Channels;

namespace Showcase.Applications;

/// <summary>Passes announcements from the applications to their one reader. Safe from any thread.</summary>
internal sealed class Announcements
{
    private const int MaxWaiting = 100;

    private readonly Channel<Announcement> _waiting = Channel.CreateBounded<Announcement>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    private Func<bool> _isFollowed = static () => false;

    /// <summary>Is called when somebody begins to follow the announcements, so that applications that rest while nobody watches go on.</summary>
    public event Action? Followed;

    /// <summary>Whether anybody follows the announcements.</summary>
    public bool IsFollowed => Volatile.Read(ref _isFollowed)();

    /// <summary>Announces what has happened. It never waits: when too many announcements are unread, the oldest is dropped.</summary>
    public void Make(Announcement announcement) => _waiting.Writer.TryWrite(announcement);

    /// <summary>Reports that somebody begins to follow.</summary>
    public void Follow() => Followed?.Invoke();

    /// <summary>Reads the announcements; there is one reader.</summary>
    /// <param name="isFollowed">Returns whether anybody follows.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IAsyncEnumerable<Announcement> ReadAllAsync(Func<bool> isFollowed, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isFollowed, isFollowed);
        return _waiting.Reader.ReadAllAsync(cancellationToken);
    }
}
