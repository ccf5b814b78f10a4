using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Session;

/// <summary>
/// The concurrently executing commands of one client. Commands for one channel execute in order, and so do refreshes of
/// the connection; calls have no order. Allocated only when the hub allows concurrent commands.
/// </summary>
internal sealed class CommandLanes
{
    private const string Connection = "";

    private readonly List<string> _busy = [];

    /// <summary>Returns the lane in which the command executes in order; null if its order does not matter.</summary>
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
