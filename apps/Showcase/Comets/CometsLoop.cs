using Duplex.Messaging;
using Showcase.Comets.Physics;
using Showcase.Comets.Rooms;
using Showcase.Waiting;

namespace Showcase.Comets;

/// <summary>
/// Simulates the rooms in which somebody flies or watches, and publishes their snapshots and events. Ticks follow the clock: a
/// late turn simulates all that are due, up to a bound, so the game is as fast on a busy machine. While all rooms are empty and
/// nobody watches, the loop only waits.
/// </summary>
internal sealed class CometsLoop(Game game, IHub hub, TimeProvider time, ILogger<CometsLoop> logger) : BackgroundService
{
    // A longer pause of the process is skipped, not caught up.
    private const int MaxLate = 4, SnapshotsPerSecond = Arena.TicksPerSecond / Room.TicksPerSnapshot;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1) / SnapshotsPerSecond, Grace = TimeSpan.FromSeconds(2);

    private readonly Watch _watch = new(time, Grace, () => hub.Channels.List(CometsChannels.SnapshotsOf("*")).Count > 0 || game.Read(static rooms => rooms.Any(HasPeople)));
    private readonly Dictionary<string, ListedRoom> _listed = [];
    private readonly HashSet<string> _watched = [];
    private volatile TaskCompletionSource _turn = NewTurn();

    /// <summary>Completes when the next turn of the loop has ended.</summary>
    public Task NextTurn => _turn.Task;

    /// <summary>Whether nothing runs, because nobody flies or watches.</summary>
    public bool IsIdle => _watch.IsIdle;

    /// <summary>Continues the loop when it waits. The caller flies or watches from now on.</summary>
    public void Wake() => _watch.Wake();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var start = time.GetTimestamp();
        for (var done = 0L; ; done++)
        {
            var late = (time.GetElapsedTime(start) / Interval) - done;
            if (late > MaxLate) done += (long)late - 1;
            else if (late < 0) await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling((Interval * -late).TotalMilliseconds)), time, stoppingToken);
            if (done % SnapshotsPerSecond == 0)
            {
                // Whoever left is removed from the list of rooms before the loop waits.
                await TryAsync(ListAsync(stoppingToken));
                await _watch.WaitAsync(stoppingToken);
            }

            foreach (var room in game.Read(rooms => rooms.Where(IsAwake).Select(static room => room.Name).ToArray()))
                await TryAsync(AdvanceAsync(room, stoppingToken));
            var turn = _turn;
            _turn = NewTurn();
            turn.TrySetResult();
        }
    }

    // A fault in one room does not stop the others.
    private async Task TryAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.GameFailed(exception);
        }
    }

    private static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // People keep a room awake, connected or not, and so does whoever watches.
    private bool IsAwake(Room room) => HasPeople(room) || _watched.Contains(room.Name);

    private static bool HasPeople(Room room) => room.People > 0 || room.Left.Count > 0;

    private async Task AdvanceAsync(string name, CancellationToken cancellationToken)
    {
        var (snapshot, events, left, scores) = game.In(name, static room =>
        {
            room.Advance();
            return (Snapshot.Of(room), Drained(room.Events), Drained(room.Left), NewScores(room));
        });
        await hub.PublishAsync(CometsChannels.SnapshotsOf(name), snapshot, cancellationToken: cancellationToken);
        foreach (var happened in events) await hub.PublishAsync(CometsChannels.EventsOf(name), happened, cancellationToken: cancellationToken);
        foreach (var (ship, score) in scores)
            await hub.Maps.PublishAsync(CometsChannels.PilotsOf(name), $"{ship}", score, new() { Score = score.Kills }, cancellationToken);
        foreach (var ship in left) await hub.Maps.RemoveAsync(CometsChannels.PilotsOf(name), $"{ship}", cancellationToken: cancellationToken);
    }

    private static T[] Drained<T>(Queue<T> queue)
    {
        var drained = queue.ToArray();
        queue.Clear();
        return drained;
    }

    private static List<(int Ship, ScoreEntry Score)> NewScores(Room room)
    {
        var scores = new List<(int, ScoreEntry)>();
        foreach (var ship in room.Ships)
        {
            if (!ship.IsScoreNew) continue;
            ship.IsScoreNew = false;
            scores.Add((ship.Id, new(ship.Name, ship.Kills, ship.Deaths, ship.IsBot)));
        }

        return scores;
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var watchers = hub.Channels.List(CometsChannels.SnapshotsOf("*"));
        _watched.Clear();
        foreach (var channel in watchers.Keys) _watched.Add(channel[CometsChannels.SnapshotsOf("").Length..]);
        foreach (var (name, listed) in game.Read(static rooms => rooms.Select(static room => (room.Name, Of(room))).ToArray()))
        {
            if (_listed.TryGetValue(name, out var known) && known == listed) continue;
            _listed[name] = listed;
            await hub.Maps.PublishAsync(CometsChannels.Rooms, name, listed, new() { Score = listed.People }, cancellationToken);
        }

        static ListedRoom Of(Room room) => new(room.People, room.Ships.Count - room.People, Room.MaxShips - room.People);
    }
}
