using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Session;

/// <summary>
/// The commands of one client that are worked on at the same time. Commands about one channel keep their order, and so do
/// refreshes of the connection; calls have none. Exists only where several may be worked on.
/// </summary>
internal sealed class CommandLanes
{
    private const string Connection = "";

    private readonly List<string> _busy = [];

    /// <summary>What a command has to keep in order with; null: nothing.</summary>
    public static string? Of(Request? request) => request switch
    {
        SubscribeRequest subscribe => subscribe.Channel,
        UnsubscribeRequest unsubscribe => unsubscribe.Channel,
        PublishRequest publish => publish.Channel,
        PresenceRequest presence => presence.Channel,
        PresenceStatsRequest stats => stats.Channel,
        HistoryRequest history => history.Channel,
        SubRefreshRequest refresh => refresh.Channel,
        RefreshRequest => Connection,
        _ => null,
    };

    public bool IsBusy(string lane) => _busy.Contains(lane);

    public void Enter(string lane) => _busy.Add(lane);

    public void Leave(string lane) => _busy.Remove(lane);
}
