using Showcase.Hosting;
using Showcase.Stage.Media;

namespace Showcase.Stage.Shows;

/// <summary>A stage with its media and what lasts no longer than the process. Safe from any thread.</summary>
internal sealed class LiveStage(string id, string title, TestCardLoop? testCard, Relay relay, TimeProvider time)
{
    private static readonly TimeSpan TicketLifetime = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private Show? _show;
    private long[]? _votes;
    private int _viewers;
    private string? _ticket;
    private string? _page;
    private long _issuedAt;

    public string Id { get; } = id;

    public string Title { get; } = title;

    public Relay Relay { get; } = relay;

    /// <summary>The test card; null in tests without one.</summary>
    public TestCardLoop? TestCard { get; } = testCard;

    public Reactions Reactions { get; } = new(StageRules.Reactions.Length, time);

    /// <summary>The show; null when nobody is on the stage. Changed within a turn of the store.</summary>
    public Show? Show
    {
        get => Volatile.Read(ref _show);
        set => Volatile.Write(ref _show, value);
    }

    /// <summary>The votes for each option of the poll, as counted last; null when there is none. Changed within a turn of the store.</summary>
    public long[]? Votes
    {
        get => Volatile.Read(ref _votes);
        set => Volatile.Write(ref _votes, value);
    }

    /// <summary>The number of open pages of the stage, as counted last.</summary>
    public int Viewers
    {
        get => Volatile.Read(ref _viewers);
        set => Volatile.Write(ref _viewers, value);
    }

    /// <summary>The viewers and their reactions of the last seconds.</summary>
    public MoodEvent Mood => new(Viewers, Reactions.Sum());

    /// <summary>The state for all viewers.</summary>
    public StageState State => Show is { } show ? new(show.State, show.Slide, show.At, IsLive) : new(null, 0, 0, IsLive: false);

    /// <summary>The poll for all viewers, whose results are hidden until the speaker shows them; null when there is none.</summary>
    public PollState? Poll => (Show?.Poll, Votes) is ({ } poll, { } votes)
        ? new(poll.Id, poll.Question, poll.Options, poll.IsOpen, poll.IsShown, votes.Sum(), poll.IsShown ? votes : null) : null;

    /// <summary>What the speaker alone receives: the votes of the poll, and how the media reach the audience.</summary>
    public AudienceState Audience
    {
        get
        {
            var viewers = Relay.Viewers;
            var behind = viewers.Select(static viewer => viewer.Behind).Where(static delay => delay >= 0).Order().ToArray();
            return new(
                Votes, Viewers, viewers.Count,
                behind.Length == 0 ? null : behind[behind.Length / 2], behind.Length == 0 ? null : behind[^1],
                viewers.Count(static viewer => viewer.IsSlow));
        }
    }

    /// <summary>Whether the speaker's media connection is open.</summary>
    public bool IsLive => Relay.Source is Sender;

    /// <summary>Whether another page than this one holds the stage with an open connection.</summary>
    public bool IsHeldBesides(string page)
    {
        lock (_lock) return IsLive && _page != page;
    }

    /// <summary>Issues a ticket for one connection of a page, in place of the ticket before.</summary>
    public string Issue(string page)
    {
        lock (_lock)
        {
            (_ticket, _page, _issuedAt) = (SecretId.New(), page, time.GetTimestamp());
            return _ticket;
        }
    }

    /// <summary>Whether a ticket waits for its connection.</summary>
    public bool HasTicket
    {
        get
        {
            lock (_lock) return _ticket is not null && time.GetElapsedTime(_issuedAt) <= TicketLifetime;
        }
    }

    /// <summary>Uses a ticket up; false when it is not the present one.</summary>
    public bool TryUse(string ticket)
    {
        lock (_lock)
        {
            if (!HasTicket || _ticket != ticket) return false;
            _ticket = null;
            return true;
        }
    }

    /// <summary>Voids the ticket and closes the speaker's media connection.</summary>
    public void Stop(string reason)
    {
        lock (_lock) _ticket = null;
        (Relay.Source as Sender)?.Stop(reason);
    }
}
